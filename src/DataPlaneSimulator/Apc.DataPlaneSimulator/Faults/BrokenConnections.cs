using System.Text;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Faults;

/// <summary>Closes the connection without an answer.</summary>
internal sealed class CloseFault() : Fault("close")
{
    internal override Task AnswerAsync(Exchange exchange) => new RawConnection(exchange).CloseAsync();
}

/// <summary>Resets the connection without an answer.</summary>
internal sealed class ResetFault() : Fault("reset")
{
    internal override Task AnswerAsync(Exchange exchange)
    {
        new RawConnection(exchange).Reset();
        return Task.CompletedTask;
    }
}

/// <summary>Announces the whole payload, sends half of it, then closes the connection.</summary>
internal sealed class TruncatedFault() : Fault("truncated")
{
    internal override async Task AnswerAsync(Exchange exchange)
    {
        var payload = exchange.Payload;
        var connection = new RawConnection(exchange);
        byte[] begin = [.. Encoding.ASCII.GetBytes(RawConnection.Head(payload.Length)), .. payload.Span[..(payload.Length / 2)]];
        await connection.SendAsync(begin);
        await connection.CloseAsync();
    }
}
