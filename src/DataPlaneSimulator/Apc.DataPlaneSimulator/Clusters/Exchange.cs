using System.Buffers;
using System.Text;

namespace Apc.Simulation.Clusters;

/// <summary>One probe and all that a fault needs to answer it.</summary>
internal sealed class Exchange(HttpContext http, Fleet fleet, string name, bool isHealthz, TimeProvider clock, CancellationToken stopping)
    : IDisposable
{
    public const string Json = "application/json";

    private CancellationTokenSource? _ended;

    public HttpContext Http => http;

    public string ClusterName => name;

    /// <summary>Cancelled when the client has left or the simulator stops.</summary>
    public CancellationToken Ended
        => (_ended ??= CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping)).Token;

    /// <summary>What a data plane without fault would send.</summary>
    public ReadOnlyMemory<byte> Payload => isHealthz
        ? Encoding.UTF8.GetBytes($$"""{"status":"{{(IsHealthy ? MetadataPayload.Healthy : "UNHEALTHY")}}"}""")
        : fleet.PayloadOf(name);

    /// <summary>200, but 503 for <c>/healthz</c> of a cluster that is not healthy.</summary>
    public int StatusCode => isHealthz && !IsHealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    private bool IsHealthy => fleet.HealthStatusOf(name) == MetadataPayload.Healthy;

    /// <summary>Sends a whole answer with its length.</summary>
    /// <remarks>Not flushed: the server does it when the probe is counted as ended, so that a client's next one never overlaps.</remarks>
    public Task SendAsync(ReadOnlyMemory<byte> body, int statusCode = StatusCodes.Status200OK, string contentType = Json)
    {
        var response = http.Response;
        response.StatusCode = statusCode;

        if (statusCode is StatusCodes.Status204NoContent or StatusCodes.Status304NotModified)
        {
            return Task.CompletedTask;
        }

        response.ContentType = contentType;
        response.ContentLength = body.Length;
        response.BodyWriter.Write(body.Span);
        return Task.CompletedTask;
    }

    /// <summary>Waits; false when the client left or the simulator stopped before the time was over.</summary>
    public async Task<bool> PauseAsync(TimeSpan time)
    {
        // Thousands of pauses end at once when the simulator stops: no exception for each.
        await Task.Delay(time, clock, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !Ended.IsCancellationRequested;
    }

    public void Dispose() => _ended?.Dispose();
}
