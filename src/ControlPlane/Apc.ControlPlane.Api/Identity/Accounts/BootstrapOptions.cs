using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>The first System Admin, for installations without a person at hand. Used at a start that finds no user, ignored at any other.</summary>
public sealed class BootstrapOptions : IValidatableObject
{
    public const string Section = "Bootstrap";

    /// <summary>The address to sign in with. None unless set.</summary>
    public string? AdminEmail { get; init; }

    /// <summary>The password, under the same rules as everyone's. None unless set; never logged.</summary>
    [PasswordPropertyText(true)]
    public string? AdminPassword { get; init; }

    /// <summary>File that holds the claim code of a control plane without users that can be reached from beyond its machine, until it is claimed. <c>claim-code</c> in the folder of the private server, or in <c>.data</c> under the working directory, unless set.</summary>
    public string? ClaimCodeFile { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClaimCodeFile is not null && !SettingText.IsPath(ClaimCodeFile))
        {
            yield return new($"{Section}:{nameof(ClaimCodeFile)} is '{ClaimCodeFile}'; allowed is a path as it is: no shell replaces ~ and $ in it.");
        }

        if (string.IsNullOrEmpty(AdminEmail) != string.IsNullOrEmpty(AdminPassword))
        {
            yield return new($"{Section}:{nameof(AdminEmail)} and {Section}:{nameof(AdminPassword)} are set together or not at all.");
            yield break;
        }

        if (string.IsNullOrEmpty(AdminEmail) || string.IsNullOrEmpty(AdminPassword))
        {
            yield break;
        }

        if (EmailAddress.Normalize(AdminEmail) is null)
        {
            yield return new($"{Section}:{nameof(AdminEmail)} ('{AdminEmail}') is no email address.");
        }

        foreach (var problem in PasswordRules.Problems(AdminPassword, AdminEmail))
        {
            yield return new($"{Section}:{nameof(AdminPassword)}: {problem}");
        }
    }
}
