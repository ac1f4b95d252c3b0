using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Apc.TestKit;

/// <summary>Speaks to a host as a program would: over HTTP, with a token or without.</summary>
public sealed class GraphQLClient(Uri endpoint, string? token = null) : IDisposable
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new();

    /// <summary>By which the endpoint knows the caller; null for an anonymous one.</summary>
    public string? Token => token;

    /// <summary>The same endpoint, asked with another token; null for none.</summary>
    public GraphQLClient As(string? otherToken) => new(endpoint, otherToken);

    /// <summary>Sends a request by POST.</summary>
    public async Task<GraphQLAnswer> SendAsync(string query, object? variables = null, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { query, variables }, Plain), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", token);
        }

        using var response = await _http.SendAsync(request, cancellationToken);
        return new GraphQLAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
    }

    /// <summary>The same within a test, which ends it.</summary>
    public Task<GraphQLAnswer> AskAsync(string query, object? variables = null)
        => SendAsync(query, variables, TestContext.Current.CancellationToken);

    public void Dispose() => _http.Dispose();
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">The whole body.</param>
public sealed record GraphQLAnswer(HttpStatusCode Status, string Body)
{
    /// <summary>The header that tells a refused caller how long to wait; null without one, or if the test does not read it.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The code of the first error; null without one.</summary>
    public string? Code
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.TryGetProperty("errors", out var errors)
                ? errors[0].GetProperty("extensions").GetProperty("code").GetString()
                : null;
        }
    }

    /// <summary>The value at a path below <c>data</c>, such as <c>cluster.id</c>.</summary>
    public JsonElement Data(string path)
    {
        using var document = JsonDocument.Parse(Body);
        var element = document.RootElement.TryGetProperty("data", out var data)
            ? data
            : throw new InvalidOperationException($"The answer has no data: {Body}");

        foreach (var name in path.Split('.'))
        {
            element = element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var member)
                ? member
                : throw new InvalidOperationException($"The answer has no {path}: {Body}");
        }

        return element.Clone();
    }

    /// <summary>The text at a path below <c>data</c>.</summary>
    public string Text(string path) => Data(path).GetString()!;
}
