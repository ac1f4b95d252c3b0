using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>What the command <c>demo</c> shows.</summary>
public sealed class DemoOptions : IValidatableObject
{
    public const string Section = "Demo";

    /// <summary>Where the command <c>demo</c> finds the simulator. <c>http://127.0.0.1:8872</c> unless set.</summary>
    public string SimulatorUrl { get; init; } = "http://127.0.0.1:8872";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SettingText.IsHttpAddress(SimulatorUrl))
        {
            yield return new($"{Section}:{nameof(SimulatorUrl)} is '{SettingText.Shown(SimulatorUrl)}'; allowed is an address such as http://127.0.0.1:8872.");
        }
    }
}
