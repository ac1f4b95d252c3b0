using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Scheduling;

namespace Apc.ControlPlane.Api.Fleet.Sweeps;

/// <summary>When all clusters are reconciled with their data planes. The names are those of the Helm chart.</summary>
public sealed class SyncDataplaneClustersOptions : IValidatableObject
{
    public const string Section = "Houston:SyncDataplaneClusters";

    /// <summary>Whether the schedule fires. On unless set.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Cron in UTC: five fields as crontab has them, or six or seven as Quartz has them. Every full hour unless set.</summary>
    public string Schedule { get; init; } = "0 * * * *";

    /// <summary>The schedule; null if it is switched off or cannot be read.</summary>
    internal SweepSchedule? Parsed => field ??= Enabled && SweepSchedule.TryParse(Schedule, out var schedule, out _) ? schedule : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SweepSchedule.TryParse(Schedule, out _, out var problem))
        {
            yield return new ValidationResult($"{Section}:{nameof(Schedule)} is '{Schedule}': {problem}");
        }
    }
}
