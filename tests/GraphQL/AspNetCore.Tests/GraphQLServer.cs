using System.Net;
using System.Text;
using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.AspNetCore.WebSockets;
using Apc.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>A real server with a small schema, on a free port.</summary>
public sealed class GraphQLServer : IAsyncLifetime
{
    public const int MaxBodyBytes = 10_000;

    private readonly Action<GraphQLServerOptions>? _configure;
    private readonly PlaygroundOptions _playground = new() { Query = """{ hello(name: "<you>") }""", SignInPath = "/sign-in?a=1&b=2" };
    private HttpProtocols _protocols = HttpProtocols.Http1;
    private WebApplication _app = null!;

    public GraphQLServer()
    {
    }

    private GraphQLServer(Action<GraphQLServerOptions> configure) => _configure = configure;

    public HttpClient Http { get; private set; } = null!;

    /// <summary>What the fields <c>ticks</c> and <c>wait</c> hear.</summary>
    public Topic Topic { get; } = new();

    public Uri Endpoint => new(Http.BaseAddress!, "/v1");

    /// <summary>Starts a server with other options.</summary>
    public static async Task<GraphQLServer> StartAsync(Action<GraphQLServerOptions> configure, HttpProtocols protocols = HttpProtocols.Http1)
    {
        var server = new GraphQLServer(configure) { _protocols = protocols };
        await server.InitializeAsync();
        return server;
    }

    /// <summary>Opens a WebSocket.</summary>
    public Task<SocketClient> ConnectAsync(string? protocol, string path = "/v1", string? authorization = null)
        => SocketClient.ConnectAsync(new Uri($"ws://{Endpoint.Authority}{path}"), protocol, authorization);

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = _protocols));
        builder.Services.AddGraphQLServer(_ => TestSchema.Build(Topic), options =>
        {
            options.MaxBodyBytes = MaxBodyBytes;
            options.Playground = _playground;
            options.Authenticate = http => new ValueTask<object?>(http.Request.Headers.Authorization.ToString());
            options.AuthenticateConnection = (authorization, _) => new ValueTask<ConnectionAdmission>(
                new ConnectionAdmission(authorization.Value, authorization.Value == "wrong" ? "This token is not valid." : null));
            _configure?.Invoke(options);
        });
        _app = builder.Build();
        _app.MapGraphQL("/v1");
        _app.MapGraphQLWebSocket("/ws");
        _app.MapPlayground("/playground", "/v1");
        _playground.IsPlain = true;
        _app.MapPlayground("/plain", "/v1");
        await _app.StartAsync();

        // A response that a test leaves is not read to its end first: some have none.
        Http = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero }) { BaseAddress = new Uri(_app.Urls.First()) };
    }

    /// <summary>Sends a body by POST.</summary>
    public async Task<(HttpStatusCode Status, string? ContentType, string Body)> PostAsync(
        string body, string contentType = "application/json", string? accept = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Endpoint) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };

        if (contentType.Length > 0)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        return await SendAsync(request, accept, headers);
    }

    /// <summary>Sends query parameters by GET.</summary>
    public async Task<(HttpStatusCode Status, string? ContentType, string Body)> GetAsync(string parameters, string? accept = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{Endpoint}?{parameters}"));
        return await SendAsync(request, accept, []);
    }

    /// <summary>Stops as a host does: those who are connected are told.</summary>
    public Task StopAsync() => _app.StopAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.DisposeAsync();
    }

    private async Task<(HttpStatusCode Status, string? ContentType, string Body)> SendAsync(
        HttpRequestMessage request, string? accept, (string Name, string Value)[] headers)
    {
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        return (
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
