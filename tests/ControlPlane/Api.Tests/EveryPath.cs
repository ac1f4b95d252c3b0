using System.Diagnostics;
using System.Net;
using System.Text;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>
/// Calls of every root field of the schema and of every path beside it, and what is wrong with their answers while the database is at fault.
/// </summary>
internal sealed class EveryPath(ApiHost host, SchemaCalls calls, string token) : IDisposable
{
    private const int Callers = 12;

    // They have minutes, for data planes that take long, and repeat what the database refused meanwhile.
    private static readonly string[] Patient = ["Query.reconcileClusterMetadataJob", "Mutation.reconcileClusterMetadataJob"];

    private readonly HttpClient _http = new() { BaseAddress = host.Address };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Every root field and every other path, several at a time.</summary>
    public async Task CallAllAsync(TimeSpan atMost)
    {
        var problems = new List<string>();
        var requests = new[] { "Query", "Mutation" }.SelectMany(calls.Of)
            .Where(call => !Patient.Contains(call.Name))
            .Select(call => (call.Name, Send: (Func<Task<(HttpStatusCode, string, bool)>>)(() => SendAsync(SchemaCalls.Body(call)))))
            .Concat(Paths());

        var several = new ParallelOptions { MaxDegreeOfParallelism = Callers, CancellationToken = Stop };
        await Parallel.ForEachAsync(requests, several, async (request, _) =>
        {
            var began = Stopwatch.GetTimestamp();
            var (status, body, hasRetryAfter) = await request.Send();
            var took = Stopwatch.GetElapsedTime(began);

            if (Problem(status, body, hasRetryAfter) is { } problem || (took > atMost && (problem = $"took {took}") is not null))
            {
                lock (problems)
                {
                    problems.Add($"{request.Name}: {problem}");
                }
            }
        });

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(30)));
    }

    /// <summary>Waits until the service is well again, and sees that everything that reads and something that writes works.</summary>
    public async Task RecoverAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));

        while (true)
        {
            var (_, answer, _) = await SendAsync("""{"query":"{ paginatedClusters { count } sysWorkspaces { id } }"}""");

            if (!answer.Contains("errors", StringComparison.Ordinal))
            {
                break;
            }

            Assert.False(patience.IsCancellationRequested, answer);
        }

        var label = Guid.NewGuid();
        var made = await SendAsync($$"""{"query":"mutation { createWorkspace(label: \"{{label}}\") { label } }"}""");
        Assert.Equal($$$$"""{"data":{"createWorkspace":{"label":"{{{{label}}}}"}}}""", made.Body);
        var problems = new List<string>();

        foreach (var call in calls.Of("Query").Where(call => !Patient.Contains(call.Name)))
        {
            // A connection of the pool that was cut fails the next request that uses it, once.
            for (var attempt = 1; ; attempt++)
            {
                var (_, body, _) = await SendAsync(SchemaCalls.Body(call));

                if (!body.Contains("SERVICE_UNAVAILABLE", StringComparison.Ordinal) && !body.Contains("TIMEOUT", StringComparison.Ordinal))
                {
                    break;
                }

                if (attempt == Callers)
                {
                    problems.Add($"{call.Name}: {body}");
                    break;
                }
            }
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems.Take(10)));
    }

    /// <summary>Sends a request of GraphQL.</summary>
    public Task<(HttpStatusCode Status, string Body, bool HasRetryAfter)> SendAsync(string body) => SendAsync(body, HttpMethod.Post, "/v1");

    public void Dispose() => _http.Dispose();

    private IEnumerable<(string Name, Func<Task<(HttpStatusCode, string, bool)>> Send)> Paths()
    {
        yield return ("gate", () => SendAsync(null, HttpMethod.Get, "/v1/authorization"));
        yield return ("session", () => SendAsync("{}", HttpMethod.Post, "/v1/session"));
        yield return ("oauth token", () => SendAsync("""{"code":"none"}""", HttpMethod.Post, "/v1/oauth/token"));
        yield return ("readiness", () => SendAsync(null, HttpMethod.Get, "/v1/readyz"));
        yield return ("liveness", () => SendAsync(null, HttpMethod.Get, "/v1/healthz"));
        yield return ("GET", () => SendAsync(null, HttpMethod.Get, "/v1?query={self{user{id}}}"));
        yield return (
            "event stream",
            () => SendAsync(
                """{"query":"subscription { clusterStatusChanged { __typename } }"}""", HttpMethod.Post, "/v1", "text/event-stream", leaves: true));
        yield return ("socket", ConnectAsync);
    }

    private async Task<(HttpStatusCode, string, bool)> ConnectAsync()
    {
        using var socket = await host.ConnectAsync("graphql-transport-ws");
        await socket.SendAsync($$$"""{"type":"connection_init","payload":{"Authorization":"{{{token}}}"}}""");
        return (HttpStatusCode.OK, "{}", false);
    }

    /// <summary>What is wrong with an answer; null for a value, a refusal, an outage or a time-out.</summary>
    private static string? Problem(HttpStatusCode status, string body, bool hasRetryAfter)
    {
        if (status is HttpStatusCode.NoContent)
        {
            return null;
        }

        if (body.Length == 0 && status is not HttpStatusCode.OK)
        {
            return $"{status} without a body";
        }

        if ((int)status >= 500 && status is not HttpStatusCode.ServiceUnavailable)
        {
            return $"{status} {body}";
        }

        if (body.Contains("INTERNAL_SERVER_ERROR", StringComparison.Ordinal))
        {
            return body;
        }

        return status is HttpStatusCode.ServiceUnavailable && body.Contains("errors", StringComparison.Ordinal) && !hasRetryAfter
            ? "503 without Retry-After"
            : null;
    }

    private async Task<(HttpStatusCode Status, string Body, bool HasRetryAfter)> SendAsync(
        string? body, HttpMethod method, string path, string accept = "application/json", bool leaves = false)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        request.Headers.TryAddWithoutValidation("Authorization", token);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var text = leaves && response.IsSuccessStatusCode ? "{}" : await response.Content.ReadAsStringAsync(Stop);
        return (response.StatusCode, text, response.Headers.RetryAfter is not null);
    }
}
