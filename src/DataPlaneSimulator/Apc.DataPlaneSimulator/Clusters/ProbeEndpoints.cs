namespace Apc.Simulation.Clusters;

/// <summary>The endpoints that a control plane calls.</summary>
internal sealed class ProbeEndpoints(Fleet fleet, ProbeCounters counters, TimeProvider clock, CancellationToken stopping)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/clusters/{name:maxlength(253)}/metadata", AnswerMetadataAsync);
        routes.MapGet("/clusters/{name:maxlength(253)}/healthz", http => AnswerAsync(http, NameOf(http), isHealthz: true));
    }

    public static string NameOf(HttpContext http) => (string)http.Request.RouteValues["name"]!;

    private async Task AnswerMetadataAsync(HttpContext http)
    {
        var name = NameOf(http);
        using var probe = counters.Enter(name);
        await AnswerAsync(http, name, isHealthz: false);
    }

    private async Task AnswerAsync(HttpContext http, string name, bool isHealthz)
    {
        var (fault, latency) = fleet.AnswerOf(name);
        using var exchange = new Exchange(http, fleet, name, isHealthz, clock, stopping);

        if (latency > TimeSpan.Zero && !await exchange.PauseAsync(latency))
        {
            http.Abort();
            return;
        }

        await fault.AnswerAsync(exchange);
    }
}
