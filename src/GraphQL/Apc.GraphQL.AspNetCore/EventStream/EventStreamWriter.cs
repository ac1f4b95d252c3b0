using System.Buffers;
using System.IO.Pipelines;
using Apc.GraphQL.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>
/// Writes server-sent events. The connection of a client that does not accept an event within
/// <see cref="GraphQLServerOptions.SendTimeout"/> is closed.
/// </summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream</remarks>
internal sealed class EventStreamWriter(HttpContext http, GraphQLServerOptions options) : IAsyncDisposable
{
    private readonly PipeWriter _body = http.Response.BodyWriter;
    private readonly ITimer _cut = options.Execution.Clock.CreateTimer(
        static state => ((HttpContext)state!).Abort(), http, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sends the headers at once, so that the client knows that it is connected.</summary>
    public ValueTask StartAsync()
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = MediaType.EventStream.ContentType;
        http.Response.Headers.CacheControl = "no-store";

        // Without this header nginx holds events back until its buffer is full.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        return FlushAsync();
    }

    /// <summary>Sends one response.</summary>
    public ValueTask WriteNextAsync(ReadOnlyMemory<byte> json)
    {
        _body.Write("event: next\n"u8);
        WriteData(json.Span);
        _body.Write("\n"u8);
        return FlushAsync();
    }

    /// <summary>
    /// Sends the last event. Its empty data is needed because the <c>EventSource</c> of browsers ignores events without data.
    /// </summary>
    public ValueTask WriteCompleteAsync()
    {
        _body.Write("event: complete\ndata:\n\n"u8);
        return FlushAsync();
    }

    /// <summary>Sends a comment, which clients ignore, to keep the connection alive.</summary>
    public ValueTask WriteCommentAsync()
    {
        _body.Write(":\n\n"u8);
        return FlushAsync();
    }

    public ValueTask DisposeAsync() => _cut.DisposeAsync();

    /// <summary>
    /// Writes each line as a field <c>data</c>; the client joins them again. Raw JSON scalars may contain line breaks, and a line break
    /// ends a field.
    /// </summary>
    private void WriteData(ReadOnlySpan<byte> json)
    {
        while (true)
        {
            var end = json.IndexOfAny((byte)'\n', (byte)'\r');
            _body.Write("data: "u8);
            _body.Write(end < 0 ? json : json[..end]);
            _body.Write("\n"u8);

            if (end < 0)
            {
                return;
            }

            json = json[(json[end..].StartsWith("\r\n"u8) ? end + 2 : end + 1)..];
        }
    }

    private async ValueTask FlushAsync()
    {
        var flushed = _body.FlushAsync(CancellationToken.None);

        if (flushed.IsCompletedSuccessfully)
        {
            flushed.GetAwaiter().GetResult();
            return;
        }

        _cut.Change(options.SendTimeout, Timeout.InfiniteTimeSpan);

        try
        {
            await flushed;
        }
        finally
        {
            _cut.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
