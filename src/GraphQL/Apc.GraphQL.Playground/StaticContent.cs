using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.Playground;

/// <summary>
/// A file that does not change while the program runs. It is sent with Brotli, with gzip or plain, as the client accepts it. A client that
/// has it in its cache gets 304.
/// </summary>
public sealed class StaticContent
{
    private readonly string _contentType;
    private readonly string _cacheControl;
    private readonly string _version;
    private readonly Func<Stream> _plain;
    private readonly (string Name, Func<Stream> Open)[] _encodings;

    /// <param name="contentType">The value of the header <c>Content-Type</c>.</param>
    /// <param name="cacheControl">The value of the header <c>Cache-Control</c>.</param>
    /// <param name="version">Changes with the content; characters that an entity tag can have.</param>
    /// <param name="plain">Opens the content without encoding.</param>
    /// <param name="encodings">Open the encoded content, the smallest first, with the names of RFC 9110 section 8.4.1.</param>
    public StaticContent(
        string contentType, string cacheControl, string version, Func<Stream> plain, params (string Name, Func<Stream> Open)[] encodings)
    {
        _contentType = contentType;
        _cacheControl = cacheControl;
        _version = version;
        _plain = plain;
        _encodings = encodings;
    }

    /// <summary>Answers a GET or a HEAD.</summary>
    public async Task WriteAsync(HttpContext http)
    {
        var (name, open) = Choose(http.Request);
        var tag = new EntityTagHeaderValue(name is null ? $"\"{_version}\"" : $"\"{_version}-{name}\"");
        var response = http.Response;

        response.Headers.CacheControl = _cacheControl;
        response.Headers.ETag = tag.ToString();
        response.Headers.Vary = HeaderNames.AcceptEncoding;

        if (IsKnown(http.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        await using var content = open();
        response.ContentType = _contentType;
        response.ContentLength = content.CanSeek ? content.Length : null;

        if (name is not null)
        {
            response.Headers.ContentEncoding = name;
        }

        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await content.CopyToAsync(response.Body, http.RequestAborted);
        }
    }

    /// <summary>Decompresses a gzip stream.</summary>
    internal static Stream Unpacked(Stream packed) => new GZipStream(packed, CompressionMode.Decompress);

    // RFC 9110 section 12.5.3: the smallest encoding that the client accepts, with any quality above 0.
    private (string? Name, Func<Stream> Open) Choose(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().AcceptEncoding;

        foreach (var (name, open) in _encodings)
        {
            if (accepted.Any(encoding => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0))
            {
                return (name, open);
            }
        }

        return (null, _plain);
    }

    // RFC 9110 section 13.1.2: weak comparison.
    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
        => request.GetTypedHeaders().IfNoneMatch.Any(known => known.Tag == "*" || known.Compare(tag, useStrongComparison: false));
}
