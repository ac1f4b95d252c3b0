using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Who may hold a role on the whole platform.</summary>
public sealed class SystemRoleOptions : IValidatableObject
{
    public const string Section = "Houston";

    /// <summary>Domains such as <c>example.com</c>; where any is given, only users with an address in exactly one of these are given system roles. None unless set: everybody may.</summary>
    public IReadOnlyList<string> AllowedSystemLevelDomains { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => AllowedSystemLevelDomains.Where(domain => !SettingText.IsDomain(domain)).Select(domain => new ValidationResult(
            $"{Section}:{nameof(AllowedSystemLevelDomains)}: '{SettingText.Shown(domain)}' is no domain; allowed is a name such as example.com."));
}
