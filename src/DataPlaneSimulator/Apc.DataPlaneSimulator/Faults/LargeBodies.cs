using System.Buffers;
using System.IO.Compression;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Faults;

/// <summary>A valid JSON object of any size: the health status and one long text.</summary>
internal static class PaddedJson
{
    private static readonly byte[] Filler = [.. Enumerable.Repeat((byte)'x', 16 * 1024)];

    private static ReadOnlySpan<byte> Begin => "{\"healthStatus\":\"HEALTHY\",\"padding\":\""u8;

    private static ReadOnlySpan<byte> End => "\"}"u8;

    /// <summary>
    /// The next part, at most 16 KiB, of an object of <paramref name="size"/> bytes after <paramref name="taken"/> bytes.
    /// </summary>
    public static ReadOnlySpan<byte> Part(long size, long taken)
    {
        var padding = size - taken - End.Length;

        if (taken == 0)
        {
            return Begin;
        }

        return padding > 0 ? Filler.AsSpan(0, (int)Math.Min(padding, Filler.Length)) : End;
    }
}

/// <summary>A very large body, streamed as fast as the client reads it.</summary>
internal sealed class HugeBodyFault(string text, long bytes) : Fault(text)
{
    internal override async Task AnswerAsync(Exchange exchange)
    {
        var response = exchange.Http.Response;
        response.ContentType = Exchange.Json;

        for (long sent = 0; sent < bytes;)
        {
            sent += Write(response.BodyWriter, sent);

            if (sent < bytes)
            {
                await response.BodyWriter.FlushAsync(exchange.Ended);
            }

            if (exchange.Ended.IsCancellationRequested)
            {
                exchange.Http.Abort();
                return;
            }
        }
    }

    private int Write(IBufferWriter<byte> writer, long sent)
    {
        var part = PaddedJson.Part(bytes, sent);
        writer.Write(part);
        return part.Length;
    }
}

/// <summary>A small answer that is very large after decompression. It is sent even if the client does not accept gzip.</summary>
internal sealed class GzipBombFault(string text, long bytes) : Fault(text)
{
    private readonly Lazy<byte[]> _compressed = new(() => Compress(bytes));

    internal override Task AnswerAsync(Exchange exchange)
    {
        exchange.Http.Response.Headers.ContentEncoding = "gzip";
        return exchange.SendAsync(_compressed.Value);
    }

    private static byte[] Compress(long bytes)
    {
        using var compressed = new MemoryStream();

        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (long taken = 0; taken < bytes;)
            {
                var part = PaddedJson.Part(bytes, taken);
                gzip.Write(part);
                taken += part.Length;
            }
        }

        return compressed.ToArray();
    }
}
