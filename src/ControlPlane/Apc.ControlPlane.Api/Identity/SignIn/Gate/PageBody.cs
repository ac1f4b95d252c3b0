using System.Text.Json;
using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Gate;

/// <summary>Reads the small JSON bodies that the page with the token sends.</summary>
internal static class PageBody
{
    private const int MaxBytes = 8192;

    /// <summary>The text of one member of a JSON object; null for any other body, such as that of a form of another site.</summary>
    public static async Task<string?> ReadTextAsync(HttpContext http, string member)
    {
        if (!http.Request.HasJsonContentType())
        {
            return null;
        }

        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = MaxBytes;
        }

        var timeout = http.RequestServices.GetRequiredService<IOptions<EdgeOptions>>().Value.BodyTimeout;
        using var deadline = new CancellationTokenSource(timeout, http.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, http.RequestAborted);

        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: either.Token);
            return body.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty(member, out var value)
                && value.ValueKind is JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested && !http.RequestAborted.IsCancellationRequested)
        {
            throw new BadHttpRequestException("The body came too slowly.", StatusCodes.Status408RequestTimeout);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or BadHttpRequestException)
        {
            return null;
        }
    }
}
