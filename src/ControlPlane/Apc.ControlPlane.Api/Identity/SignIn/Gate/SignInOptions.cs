using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Settings of signing in with a browser.</summary>
public sealed class SignInOptions : IValidatableObject
{
    public const string Section = "Houston";

    /// <summary>
    /// The domain of the session cookie, such as <c>astro.example.com</c>, so that browsers send it to the gates of all its hosts; over
    /// https its name is then <c>__Secure-apc_session</c>. Unless set, it is for this service's host only, as <c>__Host-apc_session</c>.
    /// </summary>
    public string? CookieDomain { get; init; }

    /// <summary>The address where people ask for a user, if that is another site. None unless set.</summary>
    public string? ExternalSignupUrl { get; init; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(CookieDomain) && !SettingText.IsDomain(CookieDomain))
        {
            yield return new($"{Section}:{nameof(CookieDomain)} ('{CookieDomain}') is no domain.");
        }

        if (!string.IsNullOrEmpty(ExternalSignupUrl) && !SettingText.IsHttpAddress(ExternalSignupUrl, allowsQuery: true))
        {
            yield return new($"{Section}:{nameof(ExternalSignupUrl)} ('{ExternalSignupUrl}') is no address of the form https://<host>.");
        }
    }
}
