using System.Text;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Faults;

/// <summary>The whole payload, with the health status of the fault.</summary>
internal sealed class PayloadFault(string text, string healthStatus) : Fault(text)
{
    internal override string HealthStatus => healthStatus;

    internal override Task AnswerAsync(Exchange exchange) => exchange.SendAsync(exchange.Payload, exchange.StatusCode);
}

/// <summary>A status without a payload.</summary>
internal sealed class StatusFault(string text, int status) : Fault(text)
{
    internal override Task AnswerAsync(Exchange exchange)
        => exchange.SendAsync(
            Encoding.UTF8.GetBytes(FormattableString.Invariant($"simulated status {status}\n")), status, "text/plain");
}

/// <summary>A redirect; to the same path if there is no location.</summary>
internal sealed class RedirectFault(string text, string? location) : Fault(text)
{
    internal override Task AnswerAsync(Exchange exchange)
    {
        var http = exchange.Http;
        http.Response.Headers.Location = location ?? http.Request.PathBase.Add(http.Request.Path).ToUriComponent();
        return exchange.SendAsync(ReadOnlyMemory<byte>.Empty, StatusCodes.Status302Found, "text/plain");
    }
}

/// <summary>The same bytes for every cluster.</summary>
internal sealed class BodyFault(string text, ReadOnlyMemory<byte> body, string contentType = Exchange.Json) : Fault(text)
{
    internal override Task AnswerAsync(Exchange exchange) => exchange.SendAsync(body, contentType: contentType);
}

/// <summary>A corrupted payload.</summary>
internal sealed class CorruptedFault(
    string text, Func<ReadOnlyMemory<byte>, ReadOnlyMemory<byte>> corrupt, string contentType = Exchange.Json) : Fault(text)
{
    internal override Task AnswerAsync(Exchange exchange)
        => exchange.SendAsync(corrupt(exchange.Payload), contentType: contentType);
}
