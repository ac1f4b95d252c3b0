using System.Text.Json;
using System.Text.RegularExpressions;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Turns a provider's error into a sentence for the log with nothing but the status and the error code of OAuth.</summary>
internal sealed partial class ProviderAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    // Longer answers are pages for people, not errors of OAuth.
    private const int MaxErrorBytes = 16 * 1024;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            var word = await ErrorInAsync(response.Content, cancellationToken);
            var address = request.RequestUri!.GetLeftPart(UriPartial.Path);
            throw new ProviderAnswerException($"{address} answered with HTTP {(int)response.StatusCode}{word}.");
        }
    }

    /// <summary>The error code of RFC 6749, section 5.2, in brackets; empty if there is none.</summary>
    private static async Task<string> ErrorInAsync(HttpContent content, CancellationToken cancellationToken)
    {
        try
        {
            await content.LoadIntoBufferAsync(MaxErrorBytes, cancellationToken);
            using var body = JsonDocument.Parse(await content.ReadAsByteArrayAsync(cancellationToken));

            return body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("error", out var error)
                && error.ValueKind is JsonValueKind.String
                && error.GetString() is { } word
                && ErrorCode().IsMatch(word)
                ? $" ({word})"
                : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or HttpRequestException)
        {
            return "";
        }
    }

    [GeneratedRegex("^[a-z_]{1,64}$")]
    private static partial Regex ErrorCode();
}
