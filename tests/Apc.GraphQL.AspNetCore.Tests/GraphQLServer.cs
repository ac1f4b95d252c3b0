using System.Net;
using System.Text;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using Apc.GraphQL.Types.Scalars;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.Tests;

/// <summary>A real server with a small schema, on a free port.</summary>
public sealed class GraphQLServer : IAsyncLifetime
{
    public const int MaxBodyBytes = 10_000;

    private WebApplication _app = null!;

    public HttpClient Http { get; private set; } = null!;

    public Uri Endpoint => new(Http.BaseAddress!, "/v1");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddGraphQLServer(_ => BuildSchema(), options =>
        {
            options.MaxBodyBytes = MaxBodyBytes;
            options.Authenticate = http => new ValueTask<object?>(http.Request.Headers.Authorization.ToString());
        });
        _app = builder.Build();
        _app.MapGraphQL("/v1");
        _app.MapPlayground("/playground", "/v1");
        await _app.StartAsync();
        Http = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
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

    private static Schema BuildSchema()
    {
        var text = BuiltInScalars.String;
        var query = new ObjectType("Query", () =>
        [
            new FieldDefinition("hello", text)
            {
                Arguments = [new InputValueDefinition("name", text)],
                Resolver = new DelegateResolver(context => new ValueTask<object?>($"Hello {(context.Arguments[0] is string name ? name : "world")}")),
            },
            new FieldDefinition("caller", text) { Resolver = new DelegateResolver(context => new ValueTask<object?>(context.Request.Caller)) },
            new FieldDefinition("refresh", text) { Resolver = new DelegateResolver(_ => new ValueTask<object?>("done")) { HasSideEffects = true } },
            new FieldDefinition("fail", text) { Resolver = new DelegateResolver(_ => throw new InvalidOperationException("secret")) },
        ]);
        var mutation = new ObjectType("Mutation", () => [new FieldDefinition("touch", text) { Resolver = new DelegateResolver(_ => new ValueTask<object?>("touched")) }]);
        return new Schema(query, mutation);
    }
}
