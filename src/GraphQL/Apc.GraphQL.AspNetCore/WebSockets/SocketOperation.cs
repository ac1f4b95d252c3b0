using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types.Resolvers;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>One operation of a connection, with services of its own and memory that holds its request.</summary>
internal sealed class SocketOperation(
    OperationId id, GraphQLRequest request, ReceivedMessage memory, IServiceScopeFactory scopes, Func<CancellationToken, ValueTask<ConnectionAdmission>> admit)
    : RequestContext, IAsyncDisposable
{
    // Never disposed: it holds nothing that needs it, and may be cancelled by a client that completes an operation which is through.
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private AsyncServiceScope? _scope;
    private volatile object? _caller;

    public OperationId Id => id;

    public GraphQLRequest Request => request;

    /// <summary>Whether nothing more is to be sent for it: the client has completed it, or the connection is gone.</summary>
    public bool HasEnded => _ended.IsCancellationRequested;

    public override IServiceProvider Services
    {
        get
        {
            // Resolvers of one operation run side by side.
            lock (_lock)
            {
                return (_scope ??= scopes.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    public override object? Caller => _caller;

    public override CancellationToken CancellationToken => _ended.Token;

    /// <summary>Called before anything else is done; a subscription may call it again.</summary>
    public override async ValueTask<object?> ReauthenticateAsync() => _caller = (await admit(CancellationToken)).Caller;

    /// <summary>Ends the operation, as far as it is not through. Who hears of it does so elsewhere.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await (_scope?.DisposeAsync() ?? ValueTask.CompletedTask);
        memory.Dispose();
    }
}
