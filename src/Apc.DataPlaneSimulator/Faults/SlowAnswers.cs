using System.Buffers;
using System.Text;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Faults;

/// <summary>No answer until the client leaves or the simulator stops.</summary>
internal sealed class HangFault() : Fault("hang")
{
    internal override async Task AnswerAsync(Exchange exchange)
    {
        await exchange.PauseAsync(Timeout.InfiniteTimeSpan);
        exchange.Http.Abort();
    }
}

/// <summary>Headers at once, then the payload byte by byte.</summary>
internal sealed class SlowBodyFault(string text, long milliseconds) : Fault(text)
{
    internal override async Task AnswerAsync(Exchange exchange)
    {
        var payload = exchange.Payload;
        var response = exchange.Http.Response;
        response.ContentType = Exchange.Json;
        response.ContentLength = payload.Length;
        await response.BodyWriter.FlushAsync(exchange.Ended);

        for (var sent = 0; sent < payload.Length; sent++)
        {
            // Flushed before each byte: the last one goes out when the probe has been counted as ended.
            await response.BodyWriter.FlushAsync(exchange.Ended);

            if (!await exchange.PauseAsync(TimeSpan.FromMilliseconds(milliseconds)))
            {
                exchange.Http.Abort();
                return;
            }

            response.BodyWriter.Write(payload.Span.Slice(sent, 1));
        }
    }
}

/// <summary>Status line and headers byte by byte, then the payload at once.</summary>
internal sealed class SlowHeadersFault(string text, long milliseconds) : Fault(text)
{
    internal override async Task AnswerAsync(Exchange exchange)
    {
        var payload = exchange.Payload;
        var connection = new RawConnection(exchange);
        var head = Encoding.ASCII.GetBytes(RawConnection.Head(payload.Length));

        for (var sent = 0; sent < head.Length; sent++)
        {
            if (!await connection.SendAsync(head.AsMemory(sent, 1))
                || !await exchange.PauseAsync(TimeSpan.FromMilliseconds(milliseconds)))
            {
                exchange.Http.Abort();
                return;
            }
        }

        await connection.SendAsync(payload);
        await connection.CloseAsync();
    }
}
