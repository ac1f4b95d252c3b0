using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Apc.GraphQL.AspNetCore.Tests.EventStream;

/// <summary>A response that is read as it comes.</summary>
public sealed class EventClient : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _lines;

    private EventClient(HttpResponseMessage response, StreamReader lines)
    {
        _response = response;
        _lines = lines;
    }

    public HttpStatusCode Status => _response.StatusCode;

    public HttpContentHeaders Headers => _response.Content.Headers;

    public HttpResponseHeaders ResponseHeaders => _response.Headers;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<EventClient> PostAsync(GraphQLServer server, string query, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent($$"""{"query":"{{query}}"}""", new MediaTypeHeaderValue("application/json")),
        };
        return await SendAsync(server, request, accept);
    }

    public static async Task<EventClient> GetAsync(GraphQLServer server, string query, string accept = "text/event-stream")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{server.Endpoint}?query={Uri.EscapeDataString(query)}"));
        return await SendAsync(server, request, accept);
    }

    /// <summary>The next event or comment, without the empty line behind it; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        var text = new StringBuilder();

        while (await _lines.ReadLineAsync(Cancelled) is { } line)
        {
            if (line.Length == 0)
            {
                return text.ToString();
            }

            text.Append(text.Length > 0 ? "\n" : "").Append(line);
        }

        return null;
    }

    /// <summary>All that comes until the end.</summary>
    public Task<string> RestAsync() => _lines.ReadToEndAsync(Cancelled);

    public void Dispose()
    {
        _lines.Dispose();
        _response.Dispose();
    }

    private static async Task<EventClient> SendAsync(GraphQLServer server, HttpRequestMessage request, string accept)
    {
        request.Headers.TryAddWithoutValidation("Accept", accept);
        var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancelled);
        return new EventClient(response, new StreamReader(await response.Content.ReadAsStreamAsync(Cancelled)));
    }
}
