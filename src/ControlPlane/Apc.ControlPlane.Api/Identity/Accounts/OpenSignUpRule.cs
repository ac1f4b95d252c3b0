using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Stops the start of a platform that lets everybody make a user under any address, and has no way to find out whose it is, unless the operator says
/// that this is meant.
/// </summary>
public sealed class OpenSignUpRule(IConfiguration configuration) : IValidateOptions<SignupOptions>
{
    // Of the other sections no more than this: what is wrong with them is told by their own rules.
    private const string Server = $"{SmtpOptions.Section}:{nameof(SmtpOptions.Host)}";
    private const string Passwords = $"{LocalAuthOptions.Section}:{nameof(LocalAuthOptions.Enabled)}";

    public ValidateOptionsResult Validate(string? name, SignupOptions options)
    {
        var isOpen = options.PublicSignups && !"false".Equals(configuration[Passwords]?.Trim(), StringComparison.OrdinalIgnoreCase);

        return isOpen && string.IsNullOrEmpty(configuration[Server]) && !options.VouchesForAddresses()
            ? ValidateOptionsResult.Fail(
                $"{SignupOptions.Section}:{nameof(SignupOptions.PublicSignups)} is true, but there is no SMTP server ({Server}) to find out whose an address is: "
                + $"set one, or set {SignupOptions.Section}:{nameof(SignupOptions.EmailConfirmation)} to false to vouch for every address that anybody signs up with.")
            : ValidateOptionsResult.Success;
    }
}
