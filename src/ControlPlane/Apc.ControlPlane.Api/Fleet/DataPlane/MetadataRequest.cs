using System.IO.Compression;
using System.Net;
using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>One request for <c>/metadata</c>, from the connection to the outcome of a complete answer.</summary>
public sealed class MetadataRequest(HttpMessageHandler handler) : IDisposable
{
    private readonly HttpMessageInvoker _http = new(handler);
    private readonly BoundedBody _body = new(MetadataPayload.MaxBytes);

    /// <exception cref="Exception">What the HTTP stack throws if there is no complete answer.</exception>
    public async Task<ProbeOutcome> SendAsync(Uri uri, OutboundProgress progress, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, uri)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        progress.Accompany(request);
        request.Headers.TryAddWithoutValidation("Accept", "application/json");
        request.Headers.TryAddWithoutValidation("User-Agent", "apc-control-plane");

        using var response = await _http.SendAsync(request, cancellationToken);

        if (Refusal((int)response.StatusCode) is { } refusal)
        {
            return refusal;
        }

        OutboundProgress.Note(request, OutboundPhase.Body);
        await using var received = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var stream = Decompressed(received, response.Content.Headers.ContentEncoding);

        if (stream is null)
        {
            return ProbeOutcome.Failed(ProbeCode.InvalidJson, "The answer is compressed in a way that was not asked for.");
        }

        var body = await _body.ReadAsync(stream, response.Content.Headers.ContentLength, cancellationToken);
        return body is null ? ProbeOutcome.Failed(ProbeCode.BodyTooLarge) : MetadataReader.Read(body);
    }

    public void Dispose()
    {
        _http.Dispose();
        _body.Dispose();
    }

    /// <summary>Undoes the encoding that the HTTP stack does not know, x-gzip. Null for one that was not asked for.</summary>
    private static Stream? Decompressed(Stream received, ICollection<string> encodings)
        => encodings.Where(encoding => !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)).ToArray() switch
        {
            [] => received,
            [var one] when one.Equals("x-gzip", StringComparison.OrdinalIgnoreCase) => new GZipStream(received, CompressionMode.Decompress),
            _ => null,
        };

    private static ProbeOutcome? Refusal(int status) => status switch
    {
        304 => ProbeOutcome.Failed(
            ProbeCode.HttpStatus, "The data plane answered Not Modified (304), although nothing was asked conditionally.", status),
        >= 200 and < 300 => null,
        >= 300 and < 400 => ProbeOutcome.Failed(
            ProbeCode.RedirectRefused, $"The data plane answered with a redirect ({status}), which is not followed.", status),
        _ => ProbeOutcome.Failed(ProbeCode.HttpStatus, $"The data plane answered with the HTTP status {status}.", status),
    };
}
