using System.Text;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Execution.Subscribing;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types.Resolvers;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>A subscription at a host, as a transport opens it, with its responses as text.</summary>
internal sealed class HostSubscription : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly OpenRequest _request;

    private HostSubscription(OpenRequest request, SubscribeResult result, string text)
    {
        _request = request;
        Result = result;
        Text = text;
    }

    public SubscribeResult Result { get; }

    /// <summary>What was answered in place of a stream.</summary>
    public string Text { get; }

    public static async Task<HostSubscription> OpenAsync(ApiHost host, string? token, string document)
    {
        var authentication = host.Services.GetRequiredService<CallerAuthentication>();
        var caller = await authentication.VerifyAsync(token, http: null, TestContext.Current.CancellationToken);
        var request = new OpenRequest(host.Services.CreateAsyncScope(), authentication, token, caller);
        using var writer = new JsonWriter();
        var result = await host.Services.GetRequiredService<GraphQLExecutor>().SubscribeAsync(GraphQLRequest.For(document), request, writer);
        return new HostSubscription(request, result, Encoding.UTF8.GetString(writer.WrittenSpan));
    }

    /// <summary>The next response; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        Assert.True(Result.Stream is not null, Text);
        using var writer = new JsonWriter();
        return await Result.Stream.MoveNextAsync(writer).AsTask().WaitAsync(Patience, TestContext.Current.CancellationToken)
            ? Encoding.UTF8.GetString(writer.WrittenSpan)
            : null;
    }

    /// <summary>That many responses.</summary>
    public async Task<List<string?>> TakeAsync(int count)
    {
        var responses = new List<string?>();

        for (var i = 0; i < count; i++)
        {
            responses.Add(await NextAsync());
        }

        return responses;
    }

    public async ValueTask DisposeAsync()
    {
        await (Result.Stream?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _request.Scope.DisposeAsync();
    }

    private sealed class OpenRequest(AsyncServiceScope scope, CallerAuthentication authentication, string? token, Caller caller) : RequestContext
    {
        private Caller _caller = caller;

        public AsyncServiceScope Scope => scope;

        public override IServiceProvider Services => scope.ServiceProvider;

        public override object? Caller => _caller;

        public override CancellationToken CancellationToken => default;

        public override async ValueTask<object?> ReauthenticateAsync() => _caller = await authentication.VerifyAsync(token, http: null, CancellationToken.None);
    }
}
