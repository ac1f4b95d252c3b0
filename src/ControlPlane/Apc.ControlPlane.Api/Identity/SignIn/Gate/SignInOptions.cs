using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Common.Settings;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>What people's browsers meet besides the API itself.</summary>
public sealed class SignInOptions : IValidatableObject
{
    public const string Section = "Houston";

    /// <summary>The domain for which the browser's session cookie is set, such as <c>astro.example.com</c>, so that it reaches the gates of its hosts; it is then <c>__Secure-apc_session</c> over https. This service's own host alone unless set, as <c>__Host-apc_session</c>.</summary>
    public string? CookieDomain { get; init; }

    /// <summary>Where people ask for a user, if that is somewhere else. None unless set.</summary>
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
