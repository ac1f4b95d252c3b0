using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A way to compress a response, at the level that costs least.</summary>
/// <remarks>
/// RFC 9110 section 8.4.1. Secrets beside text of a stranger's choosing must not be compressed together where a stranger can have the request sent; here
/// nobody can, since no cookie authenticates a request.
/// </remarks>
internal sealed class ContentCoding
{
    private static readonly ContentCoding Brotli = new("br", body => new BrotliStream(body, CompressionLevel.Fastest, leaveOpen: true));
    private static readonly ContentCoding Gzip = new("gzip", body => new GZipStream(body, CompressionLevel.Fastest, leaveOpen: true));
    private static readonly ContentCoding Deflate = new("deflate", body => new ZLibStream(body, CompressionLevel.Fastest, leaveOpen: true));

    private readonly string _name;
    private readonly Func<Stream, Stream> _compress;

    private ContentCoding(string name, Func<Stream, Stream> compress)
    {
        _name = name;
        _compress = compress;
    }

    /// <summary>The coding that the client likes best, in our order of those that it likes alike; null to send the response as it is.</summary>
    /// <remarks>RFC 9110 section 12.5.3</remarks>
    public static ContentCoding? Choose(StringValues acceptEncoding)
    {
        if (acceptEncoding.Count == 0 || !StringWithQualityHeaderValue.TryParseList([.. acceptEncoding.OfType<string>()], out var accepted))
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

        // What was not named is accepted as it is, but liked less.
        return QualityOf("identity", accepted) > quality ? null : best;
    }

    /// <summary>Answers with this content, compressed; its length is known only to the client.</summary>
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
