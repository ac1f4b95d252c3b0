using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The wishes of a client for a sign-in through a provider, kept in the sealed state.</summary>
/// <param name="Redirect">The address to send the browser to in the end, not checked yet; null for the page with the token.</param>
/// <param name="TokenDuration">Lifetime of the token, in milliseconds; null for the longest.</param>
/// <param name="ClaimCode">The claim code of a control plane without users; null for none.</param>
public sealed record SignInJourney(string? Redirect, int? TokenDuration, string? ClaimCode = null)
{
    private const string ClaimKey = "claim";
    private const string RedirectKey = "redirect";
    private const string DurationKey = "duration";

    /// <summary>The wishes in these properties; none if the state is lost.</summary>
    public static SignInJourney Of(AuthenticationProperties? properties)
    {
        var hasDuration = int.TryParse(
            properties?.GetString(DurationKey), NumberStyles.None, CultureInfo.InvariantCulture, out var duration);
        return new(properties?.GetString(RedirectKey), hasDuration ? duration : null, properties?.GetString(ClaimKey));
    }

    public AuthenticationProperties ToProperties()
    {
        var properties = new AuthenticationProperties();
        properties.SetString(RedirectKey, Redirect);
        properties.SetString(DurationKey, TokenDuration?.ToString(CultureInfo.InvariantCulture));
        properties.SetString(ClaimKey, ClaimCode);
        return properties;
    }
}
