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
            if (!await exchange.PauseAsync(TimeSpan.FromMilliseconds(milliseconds)))
            {
                exchange.Http.Abort();
                return;
            }

            // Flush after each byte: with a Content-Length the server may hold the last byte back until the request ends.
            await response.BodyWriter.WriteAsync(payload.Slice(sent, 1), exchange.Ended);
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
