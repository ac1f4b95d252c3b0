using System.Buffers;
using System.Text;
using System.Text.Json;
using Apc.Simulation.Clusters;

namespace Apc.Simulation.Control;

/// <summary>The endpoints for tests and users: faults, defaults and counts.</summary>
internal sealed class ControlEndpoints(Fleet fleet, ProbeCounters counters)
{
    public const int MaxBodyBytes = 4 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", http => SendTextAsync(http, HelpPage.Text));

        routes.MapGet("/control/clusters", GetClustersAsync);
        routes.MapGet("/control/clusters/{name:maxlength(253)}", GetClusterAsync);
        routes.MapPut("/control/clusters/{name:maxlength(253)}", PutClusterAsync);
        routes.MapDelete("/control/clusters/{name:maxlength(253)}", DeleteCluster);

        routes.MapGet("/control/defaults", GetDefaultsAsync);
        routes.MapPut("/control/defaults", PutDefaultsAsync);

        routes.MapGet("/control/requests", GetRequestsAsync);
        routes.MapGet("/control/requests/{name:maxlength(253)}", GetRequestsOfClusterAsync);
        routes.MapDelete("/control/requests", DeleteRequests);

        routes.MapDelete("/control", DeleteAll);
        routes.MapFallback("{**path}", http => SendTextAsync(
            http,
            $"Nothing answers {http.Request.Method} {http.Request.Path}; GET / lists what does.\n",
            StatusCodes.Status404NotFound));
    }

    private Task GetClustersAsync(HttpContext http) => SendJsonAsync(http, json =>
    {
        json.WriteStartArray();

        foreach (var (name, behaviour) in fleet.Configured.OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            ControlJson.Write(json, name, behaviour, isConfigured: true);
        }

        json.WriteEndArray();
    });

    private Task GetClusterAsync(HttpContext http)
    {
        var name = ProbeEndpoints.NameOf(http);
        var configured = fleet.ConfiguredOf(name);
        var behaviour = configured ?? new ClusterBehaviour { Fault = fleet.AnswerOf(name).Fault };
        return SendJsonAsync(http, json => ControlJson.Write(json, name, behaviour, isConfigured: configured is not null));
    }

    private async Task PutClusterAsync(HttpContext http)
    {
        var input = await ReadAsync(http);
        var behaviour = input.Object is { } root ? BehaviourInput.Read(root, input.Problems) : null;

        if (behaviour is null || input.Problems.Count > 0)
        {
            await RefuseAsync(http, input.Problems);
            return;
        }

        fleet.Set(ProbeEndpoints.NameOf(http), behaviour);
        await GetClusterAsync(http);
    }

    private Task DeleteCluster(HttpContext http)
    {
        fleet.Reset(ProbeEndpoints.NameOf(http));
        return Done(http);
    }

    private Task GetDefaultsAsync(HttpContext http) => SendJsonAsync(http, json => ControlJson.Write(json, fleet.Defaults));

    private async Task PutDefaultsAsync(HttpContext http)
    {
        var input = await ReadAsync(http);
        var defaults = input.Object is { } root ? DefaultsInput.Read(root, fleet.AtStart, input.Problems) : null;

        if (defaults is null || input.Problems.Count > 0)
        {
            await RefuseAsync(http, input.Problems);
            return;
        }

        fleet.Defaults = defaults;
        await GetDefaultsAsync(http);
    }

    private Task GetRequestsAsync(HttpContext http)
        => SendJsonAsync(http, json => ControlJson.Write(json, counters.Total, counters.All()));

    private Task GetRequestsOfClusterAsync(HttpContext http)
        => SendJsonAsync(http, json => ControlJson.Write(json, counters.Of(ProbeEndpoints.NameOf(http))));

    private Task DeleteRequests(HttpContext http)
    {
        counters.Reset();
        return Done(http);
    }

    private Task DeleteAll(HttpContext http)
    {
        fleet.ResetAll();
        counters.Reset();
        return Done(http);
    }

    private static async Task<(JsonElement? Object, List<string> Problems)> ReadAsync(HttpContext http)
    {
        const string Allowed = "allowed: an object in UTF-8 without duplicate members";

        try
        {
            using var document = await JsonDocument.ParseAsync(http.Request.Body, Strict, http.RequestAborted);
            var root = document.RootElement.Clone();
            return root.ValueKind == JsonValueKind.Object
                ? (root, [])
                : (null, [$"body is {ControlInput.Show(root)}; {Allowed}"]);
        }
        catch (JsonException e)
        {
            return (null, [$"body is not JSON ({e.Message}); {Allowed}"]);
        }
    }

    private static Task RefuseAsync(HttpContext http, List<string> problems) => SendJsonAsync(
        http,
        json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("errors"u8);
            problems.ForEach(json.WriteStringValue);
            json.WriteEndArray();
            json.WriteEndObject();
        },
        StatusCodes.Status400BadRequest);

    private static Task Done(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static Task SendTextAsync(HttpContext http, string text, int statusCode = StatusCodes.Status200OK)
    {
        http.Response.StatusCode = statusCode;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, Encoding.UTF8, http.RequestAborted);
    }

    private static async Task SendJsonAsync(
        HttpContext http, Action<Utf8JsonWriter> write, int statusCode = StatusCodes.Status200OK)
    {
        var buffer = new ArrayBufferWriter<byte>();

        using (var json = new Utf8JsonWriter(buffer, ControlJson.Readable))
        {
            write(json);
        }

        http.Response.StatusCode = statusCode;
        http.Response.ContentType = Exchange.Json;
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }
}
