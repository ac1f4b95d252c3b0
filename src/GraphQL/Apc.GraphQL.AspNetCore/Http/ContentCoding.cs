using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A compression of responses, at the fastest level.</summary>
/// <remarks>
/// RFC 9110 section 8.4.1. A response with secrets and text that an attacker chooses must not be compressed if the attacker can make a
/// browser send the request. Here that is impossible, since no cookie authenticates a request.
/// </remarks>
internal sealed class ContentCoding
{
    private static readonly ContentCoding Brotli = new(
        "br", body => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true));
    private static readonly ContentCoding Gzip = new(
        "gzip", body => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true));
    private static readonly ContentCoding Deflate = new(
        "deflate", body => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true));

    private readonly string _name;
    private readonly Func<Stream, Stream> _compress;

    private ContentCoding(string name, Func<Stream, Stream> compress)
    {
        _name = name;
        _compress = compress;
    }

    /// <summary>The coding with the highest quality in the header, of equal ones the first in our order; null for no compression.</summary>
    /// <remarks>RFC 9110 section 12.5.3</remarks>
    public static ContentCoding? Choose(StringValues acceptEncoding)
    {
        if (acceptEncoding.Count == 0
            || !StringWithQualityHeaderValue.TryParseList([.. acceptEncoding.OfType<string>()], out var accepted))
        {
            return null;
        }

        ContentCoding? best = null;
        var quality = 0.0;

        foreach (var coding in (ReadOnlySpan<ContentCoding>)[Brotli, Gzip, Deflate])
        {
            if ((QualityOf(coding._name, accepted) ?? QualityOf("*", accepted)) is { } own && own > quality)
            {
                best = coding;
                quality = own;
            }
        }

        // An uncompressed response that the header does not mention is acceptable, with the lowest quality.
        return QualityOf("identity", accepted) > quality ? null : best;
    }

    /// <summary>Writes the content compressed, without the header <c>Content-Length</c>.</summary>
    public async Task WriteAsync(HttpResponse response, ReadOnlyMemory<byte> content)
    {
        response.Headers.ContentEncoding = _name;
        await using var compressed = _compress(response.BodyWriter.AsStream(leaveOpen: true));
        await compressed.WriteAsync(content, response.HttpContext.RequestAborted);
    }

    private static double? QualityOf(string name, IList<StringWithQualityHeaderValue> accepted)
    {
        foreach (var coding in accepted)
        {
            if (coding.Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return coding.Quality ?? 1;
            }
        }

        return null;
    }
}
