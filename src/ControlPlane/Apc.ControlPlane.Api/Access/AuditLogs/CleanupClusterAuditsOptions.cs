using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Scheduling;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>When old entries of the audit trail are deleted. The names are those of the Helm chart.</summary>
public sealed class CleanupClusterAuditsOptions : IValidatableObject
{
    public const string Section = "Houston:CleanupClusterAudits";

    /// <summary>Whether the schedule fires at all. On unless set.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Cron in UTC: five fields as crontab has them, or six or seven as Quartz has them. Every day at 23:49 unless set.</summary>
    public string Schedule { get; init; } = "49 23 * * *";

    /// <summary>Age in days from which an entry is deleted. 1 to 3,650; 90 unless set.</summary>
    [Range(1, MaxOlderThan)]
    public int OlderThan { get; init; } = 90;

    internal const int MaxOlderThan = 3_650;

    /// <summary>The schedule; null if it is off or cannot be read.</summary>
    internal SweepSchedule? Parsed => Enabled && SweepSchedule.TryParse(Schedule, out var schedule, out _) ? schedule : null;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SweepSchedule.TryParse(Schedule, out _, out var problem))
        {
            yield return new ValidationResult($"{Section}:{nameof(Schedule)} is '{Schedule}': {problem}");
        }
    }
}
