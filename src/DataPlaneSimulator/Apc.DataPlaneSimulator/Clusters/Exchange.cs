using System.Buffers;
using System.Text;

namespace Apc.Simulation.Clusters;

/// <summary>One probe and everything that a fault needs to answer it.</summary>
internal sealed class Exchange(
    HttpContext http, Fleet fleet, string name, bool isHealthz, TimeProvider clock, CancellationToken stopping) : IDisposable
{
    public const string Json = "application/json";

    private CancellationTokenSource? _ended;

    public HttpContext Http => http;

    public string ClusterName => name;

    /// <summary>Cancelled when the client has left or the simulator stops.</summary>
    public CancellationToken Ended
        => (_ended ??= CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, stopping)).Token;

    /// <summary>The body that a data plane without fault sends.</summary>
    public ReadOnlyMemory<byte> Payload => isHealthz
        ? Encoding.UTF8.GetBytes($$"""{"status":"{{(IsHealthy ? MetadataPayload.Healthy : "UNHEALTHY")}}"}""")
        : fleet.PayloadOf(name);

    /// <summary>503 for <c>/healthz</c> of a cluster that is not healthy, else 200.</summary>
    public int StatusCode => isHealthz && !IsHealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;

    private bool IsHealthy => fleet.HealthStatusOf(name) == MetadataPayload.Healthy;

    /// <summary>Sends a whole answer with its length.</summary>
    /// <remarks>
    /// Not flushed: the server flushes after the probe is counted as ended, so that the client's next probe does not overlap.
    /// </remarks>
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

    /// <summary>Waits. False if the client left or the simulator stopped before the time was over.</summary>
    public async Task<bool> PauseAsync(TimeSpan time)
    {
        // Thousands of pauses may end at once when the simulator stops: avoid an exception for each.
        await Task.Delay(time, clock, Ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !Ended.IsCancellationRequested;
    }

    public void Dispose() => _ended?.Dispose();
}
