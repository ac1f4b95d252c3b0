using System.Net;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.DataPlane;

/// <summary>One request for <c>/metadata</c>, from the connection to the outcome of a complete answer.</summary>
public sealed class MetadataRequest(HttpMessageHandler handler) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(handler);
    private readonly BoundedBody _body = new(MetadataPayload.MaxBytes);

    /// <exception cref="Exception">There was no complete answer: whatever the HTTP stack throws.</exception>
    public async Task<ProbeOutcome> SendAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "apc-control-plane");

        using var response = await _http.SendAsync(request, cancellationToken);

        if (Refusal((int)response.StatusCode) is { } refusal)
        {
            return refusal;
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var body = await _body.ReadAsync(stream, response.Content.Headers.ContentLength, cancellationToken);
        return body is null ? ProbeOutcome.Failed(ProbeCode.BodyTooLarge) : MetadataReader.Read(body);
    }

    public void Dispose()
    {
        _http.Dispose();
        _body.Dispose();
    }

    private static ProbeOutcome? Refusal(int status) => status switch
    {
        >= 200 and < 300 => null,
        >= 300 and < 400 => ProbeOutcome.Failed(
            ProbeCode.RedirectRefused, $"The data plane answered with a redirect ({status}), which is not followed.", status),
        _ => ProbeOutcome.Failed(ProbeCode.HttpStatus, $"The data plane answered with the HTTP status {status}.", status),
    };
}
