using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Refuses to start a platform with public sign-ups that cannot mail new users to verify their addresses, unless the operator vouches for
/// all addresses.
/// </summary>
public sealed class OpenSignUpRule(IConfiguration configuration) : IValidateOptions<SignupOptions>
{
    // Read as texts, so that only their own rules report invalid values of these settings.
    private const string Server = $"{SmtpOptions.Section}:{nameof(SmtpOptions.Host)}";
    private const string Passwords = $"{LocalAuthOptions.Section}:{nameof(LocalAuthOptions.Enabled)}";

    public ValidateOptionsResult Validate(string? name, SignupOptions options)
    {
        var isOpen = options.PublicSignups && !"false".Equals(configuration[Passwords]?.Trim(), StringComparison.OrdinalIgnoreCase);

        return isOpen && string.IsNullOrEmpty(configuration[Server]) && !options.VouchesForAddresses()
            ? ValidateOptionsResult.Fail(
                $"{SignupOptions.Section}:{nameof(SignupOptions.PublicSignups)} is true, "
                + $"but there is no SMTP server ({Server}) to find out whose an address is: "
                + $"set one, or set {SignupOptions.Section}:{nameof(SignupOptions.EmailConfirmation)} to false "
                + "to vouch for every address that anybody signs up with.")
            : ValidateOptionsResult.Success;
    }
}
