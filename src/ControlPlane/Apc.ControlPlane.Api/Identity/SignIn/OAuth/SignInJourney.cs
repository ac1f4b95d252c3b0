using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>What somebody wants of a sign-in through a provider; it travels in the sealed state.</summary>
/// <param name="Redirect">Where the browser shall end: as given, judged when it gets there; null for the page with the token.</param>
/// <param name="TokenDuration">Life of the token, in milliseconds; null for the longest.</param>
/// <param name="ClaimCode">The claim code of a control plane without users; null for none.</param>
public sealed record SignInJourney(string? Redirect, int? TokenDuration, string? ClaimCode = null)
{
    private const string ClaimKey = "claim";
    private const string RedirectKey = "redirect";
    private const string DurationKey = "duration";

    /// <summary>What was sealed; nothing where the state is lost.</summary>
    public static SignInJourney Of(AuthenticationProperties? properties)
        => new(
            properties?.GetString(RedirectKey),
            int.TryParse(properties?.GetString(DurationKey), NumberStyles.None, CultureInfo.InvariantCulture, out var duration) ? duration : null,
            properties?.GetString(ClaimKey));

    /// <summary>What is to be sealed.</summary>
    public AuthenticationProperties ToProperties()
    {
        var properties = new AuthenticationProperties();
        properties.SetString(RedirectKey, Redirect);
        properties.SetString(DurationKey, TokenDuration?.ToString(CultureInfo.InvariantCulture));
        properties.SetString(ClaimKey, ClaimCode);
        return properties;
    }
}
