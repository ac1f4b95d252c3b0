using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Domain.Users;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Makes the first System Admin from the configuration. Runs at every start after the migration of the database; does nothing if there are
/// users.
/// </summary>
public sealed partial class BootstrapAdmin(CreateUser createUser, IOptions<BootstrapOptions> options, ILogger<BootstrapAdmin> logger)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { AdminEmail: { Length: > 0 } email, AdminPassword: { Length: > 0 } password })
        {
            return;
        }

        var signup = new Signup { Email = email, Password = password };

        if (await createUser.RegisterFirstAsync(signup, Caller.ControlPlane.During("bootstrap"), cancellationToken) is { } admin)
        {
            LogMade(admin.Username);
        }
    }

    [LoggerMessage(LogLevel.Information, "Made {Username} the first System Admin, as configured.")]
    private partial void LogMade(string username);
}

/// <summary>Settings of the first user, used at a start that finds no user.</summary>
public sealed class BootstrapOptions : IValidatableObject
{
    public const string Section = "Bootstrap";

    /// <summary>The address of the first System Admin. None unless set.</summary>
    public string? AdminEmail { get; init; }

    /// <summary>Their password, under the same rules as all passwords. None unless set; never logged.</summary>
    [PasswordPropertyText(true)]
    public string? AdminPassword { get; init; }

    /// <summary>
    /// The file for the claim code of a control plane without users that can be reached from beyond its machine, until it is claimed.
    /// Unless set, <c>claim-code</c> in the folder of the private server, or in <c>.data</c> under the working directory.
    /// </summary>
    public string? ClaimCodeFile { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ClaimCodeFile is not null && !SettingText.IsPath(ClaimCodeFile))
        {
            yield return new(
                $"{Section}:{nameof(ClaimCodeFile)} is '{ClaimCodeFile}'; allowed is a path as it is: no shell replaces ~ and $ in it.");
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
