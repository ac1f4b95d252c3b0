using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types.Resolvers;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>One operation of a connection, with its own scope of services. It owns the memory of its request.</summary>
internal sealed class SocketOperation(
    OperationId id,
    GraphQLRequest request,
    ReceivedMessage memory,
    IServiceScopeFactory scopes,
    Func<CancellationToken, ValueTask<ConnectionAdmission>> admit) : RequestContext, IAsyncDisposable
{
    // Never disposed: it has no resources, and a client may cancel an operation that has already completed.
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private AsyncServiceScope? _scope;
    private volatile object? _caller;

    public OperationId Id => id;

    public GraphQLRequest Request => request;

    /// <summary>Whether no further message may be sent: the client has ended the operation, or the connection is closed.</summary>
    public bool HasEnded => _ended.IsCancellationRequested;

    public override IServiceProvider Services
    {
        get
        {
            // Resolvers of one operation run concurrently.
            lock (_lock)
            {
                return (_scope ??= scopes.CreateAsyncScope()).ServiceProvider;
            }
        }
    }

    public override object? Caller => _caller;

    public override CancellationToken CancellationToken => _ended.Token;

    /// <summary>Called before the operation is executed; a subscription may call it again.</summary>
    public override async ValueTask<object?> ReauthenticateAsync() => _caller = (await admit(CancellationToken)).Caller;

    /// <summary>Ends the operation, unless it has completed. Callbacks of its token run on other threads.</summary>
    public Task EndAsync() => _ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await (_scope?.DisposeAsync() ?? ValueTask.CompletedTask);
        memory.Dispose();
    }
}
