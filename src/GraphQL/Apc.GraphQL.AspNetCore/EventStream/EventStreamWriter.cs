using System.Buffers;
using System.IO.Pipelines;
using Apc.GraphQL.AspNetCore.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>Writes server-sent events. A client that does not take what is sent within <see cref="GraphQLServerOptions.SendTimeout"/> is cut.</summary>
/// <remarks>https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream</remarks>
internal sealed class EventStreamWriter(HttpContext http, GraphQLServerOptions options) : IAsyncDisposable
{
    private readonly PipeWriter _body = http.Response.BodyWriter;
    private readonly ITimer _cut = options.Execution.Clock.CreateTimer(
        static state => ((HttpContext)state!).Abort(), http, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sends the headers, so that the client knows at once that it is connected.</summary>
    public ValueTask StartAsync()
    {
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        http.Response.ContentType = MediaType.EventStream.ContentType;
        http.Response.Headers.CacheControl = "no-store";

        // nginx would keep events back until its buffer is full.
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

    /// <summary>Sends the last event. Its empty data is there for browsers, whose <c>EventSource</c> drops events without.</summary>
    public ValueTask WriteCompleteAsync()
    {
        _body.Write("event: complete\ndata:\n\n"u8);
        return FlushAsync();
    }

    /// <summary>Sends something that means nothing.</summary>
    public ValueTask WriteCommentAsync()
    {
        _body.Write(":\n\n"u8);
        return FlushAsync();
    }

    public ValueTask DisposeAsync() => _cut.DisposeAsync();

    /// <summary>Raw JSON scalars keep their line breaks, each of which would end the field: every line is a field of its own, joined again by the client.</summary>
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
