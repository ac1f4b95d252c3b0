using System.Globalization;
using Microsoft.AspNetCore.Authentication;

namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>What somebody wants of a sign-in through a provider; it travels in the sealed state.</summary>
/// <param name="Redirect">Where the browser shall end: as given, judged when it gets there; null for the page with the token.</param>
/// <param name="TokenDuration">Life of the token, in milliseconds; null for the longest.</param>
public sealed record SignInJourney(string? Redirect, int? TokenDuration)
{
    private const string RedirectKey = "redirect";
    private const string DurationKey = "duration";

    /// <summary>What was sealed; nothing where the state is lost.</summary>
    public static SignInJourney Of(AuthenticationProperties? properties)
        => new(
            properties?.GetString(RedirectKey),
            int.TryParse(properties?.GetString(DurationKey), NumberStyles.None, CultureInfo.InvariantCulture, out var duration) ? duration : null);

    /// <summary>What is to be sealed.</summary>
    public AuthenticationProperties ToProperties()
    {
        var properties = new AuthenticationProperties();
        properties.SetString(RedirectKey, Redirect);
        properties.SetString(DurationKey, TokenDuration?.ToString(CultureInfo.InvariantCulture));
        return properties;
    }
}
