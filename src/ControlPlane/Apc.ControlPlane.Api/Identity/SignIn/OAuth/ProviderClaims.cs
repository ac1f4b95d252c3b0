using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Reads the claims of a person: from the userinfo endpoint, from the id token, or from both.</summary>
internal static class ProviderClaims
{
    private const string Subject = "sub";
    private const string Email = "email";
    private const string EmailVerified = "email_verified";

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Asks the userinfo endpoint (OpenID Connect Core 1.0, section 5.3).</summary>
    public static async Task<JsonElement> AskAsync(
        HttpClient backchannel, string endpoint, string? accessToken, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, endpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);

        // Read as a whole, so that the limits of time and size hold for the body too.
        using var response = await backchannel.SendAsync(request, cancellationToken);

        try
        {
            return Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (JsonException e)
        {
            throw new ProviderAnswerException("The userinfo endpoint answered with something that is not JSON.", e);
        }
    }

    /// <summary>The claims of an id token.</summary>
    /// <param name="payload">Its second part, still encoded.</param>
    public static JsonElement InIdToken(string payload) => Parse(Base64Url.DecodeFromChars(payload));

    /// <summary>The claims of the id token, and from the userinfo endpoint those that the id token lacks.</summary>
    /// <exception cref="ProviderAnswerException">They are about two people (section 5.3.2).</exception>
    public static JsonElement Join(JsonElement idToken, JsonElement userInfo)
    {
        if (userInfo.ValueKind is not JsonValueKind.Object
            || !userInfo.TryGetProperty(Subject, out var other)
            || !JsonElement.DeepEquals(other, idToken.GetProperty(Subject)))
        {
            throw new ProviderAnswerException("The userinfo endpoint speaks of somebody else than the id token.");
        }

        // The address and whether it is verified have to come from the same source.
        var hasEmail = idToken.TryGetProperty(Email, out _);
        var claims = userInfo.EnumerateObject()
            .Where(claim => !hasEmail || claim.Name is not (Email or EmailVerified))
            .ToDictionary(claim => claim.Name, claim => claim.Value);

        foreach (var claim in idToken.EnumerateObject().Where(claim => hasEmail || claim.Name != EmailVerified))
        {
            claims[claim.Name] = claim.Value;
        }

        return JsonSerializer.SerializeToElement(claims);
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, Strict);
        return document.RootElement.Clone();
    }
}
