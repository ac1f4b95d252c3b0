using System.Net.WebSockets;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>
/// One WebSocket: reads messages one after the other and handles each before it reads the next. Operations run concurrently.
/// </summary>
internal sealed partial class SocketConnection : IDisposable
{
    private readonly WebSocket _socket;
    private readonly HttpContext _http;
    private readonly SubProtocol _protocol;
    private readonly GraphQLServerOptions _options;
    private readonly Func<object?, CloseReason?> _settle;
    private readonly ILogger _logger;
    private readonly SocketSender _sender;
    private readonly OperationRunner _runner;
    private readonly IServiceScopeFactory _scopes;

    // The time limit for connection_init.
    private readonly ITimer _initialisation;
    private string? _authorization;

    public SocketConnection(
        WebSocket socket,
        HttpContext http,
        SubProtocol protocol,
        GraphQLExecutor executor,
        GraphQLServerOptions options,
        Func<object?, CloseReason?> settle,
        ILogger logger)
    {
        _socket = socket;
        _http = http;
        _protocol = protocol;
        _options = options;
        _settle = settle;
        _logger = logger;
        _sender = new SocketSender(socket, options);
        _scopes = http.RequestServices.GetRequiredService<IServiceScopeFactory>();
        _runner = new OperationRunner(_sender, protocol, executor, options, logger);
        Operations = new SocketOperations(options.MaxOperationsPerConnection);
        _initialisation = options.Execution.Clock.CreateTimer(
            _ => _ = CloseAsync(CloseReason.InitialisationTimeout).AsTask(),
            null,
            options.ConnectionInitTimeout,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>The operations that the client has started and not ended.</summary>
    public SocketOperations Operations { get; }

    /// <summary>Whether the client has sent <c>connection_init</c>.</summary>
    public bool IsInitialised { get; private set; }

    /// <summary>Serves the client until it leaves, its connection is closed, or the application stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using var leaving = stopping.Register(() => _ = CloseAsync(CloseReason.GoingAway).AsTask());

        try
        {
            await ReadAllAsync();
        }
        catch (Exception e) when (SocketSender.IsBrokenConnection(e))
        {
            // The client has left without a close frame.
        }
        finally
        {
            await Operations.CloseAsync();
        }
    }

    /// <summary>Authenticates the client.</summary>
    /// <param name="parameters">The payload of <c>connection_init</c>: a JSON object, or empty.</param>
    /// <returns>The reason to refuse the client; null if it is admitted.</returns>
    public async ValueTask<CloseReason?> InitialiseAsync(ReadOnlyMemory<byte> parameters)
    {
        IsInitialised = true;
        await _initialisation.DisposeAsync();

        // If the header is given twice, neither value is used.
        _authorization = ConnectionParameters.AuthorizationIn(parameters.Span)
            ?? (_http.Request.Headers.Authorization is [{ } header] ? header : null);
        var admission = await AdmitAsync(_http.RequestAborted);
        return admission.Refusal is { } refusal ? CloseReason.Forbidden(refusal) : _settle(admission.Caller);
    }

    /// <summary>Starts an operation whose id is free; refuses it if there are too many.</summary>
    /// <returns>Whether the operation now owns the memory of its message.</returns>
    public async ValueTask<bool> TryRunAsync(OperationId id, GraphQLRequest request, ReceivedMessage memory)
    {
        if (Operations.IsFull)
        {
            await _runner.RefuseAsync(id);
            return false;
        }

        var started = new SocketOperation(id, request, memory, _scopes, AdmitAsync);
        Operations.Run(started, operation => _runner.RunAsync(operation, Operations));
        return true;
    }

    /// <summary>Sends a message that belongs to no operation.</summary>
    public async ValueTask SendAsync(Action<JsonWriter> write)
    {
        using var writer = new JsonWriter(256);
        write(writer);
        await _sender.SendAsync(writer.WrittenMemory);
    }

    /// <summary>Closes the connection; its operations end at once.</summary>
    public ValueTask CloseAsync(CloseReason reason)
    {
        Operations.EndAll();
        return _sender.CloseAsync(reason);
    }

    public void Dispose()
    {
        _initialisation.Dispose();
        _sender.Dispose();
    }

    private async Task ReadAllAsync()
    {
        using var reader = new MessageReader(_socket, _options, () => _ = CloseAsync(CloseReason.MessageTimeout).AsTask());

        while (true)
        {
            var (message, close) = await reader.ReadAsync();

            if (message is not null)
            {
                await HandleAsync(message);
            }
            else if (close is { } reason)
            {
                await CloseAsync(reason);
            }
            else
            {
                await CloseAsync(CloseReason.Normal);
                return;
            }

            if (_socket.State is not (WebSocketState.Open or WebSocketState.CloseSent))
            {
                return;
            }
        }
    }

    private async ValueTask HandleAsync(ReceivedMessage text)
    {
        var isTaken = false;

        try
        {
            if (_sender.IsClosing)
            {
                return;
            }

            if (SocketMessage.TryRead(text.Text, out var message, out var problem))
            {
                isTaken = await _protocol.HandleAsync(this, message, text);
            }
            else
            {
                await _protocol.AnswerInvalidAsync(this, problem);
            }
        }
        catch (Exception e) when (!SocketSender.IsBrokenConnection(e))
        {
            // Such as a failure of the database while the client is authenticated.
            LogFailed(e);
            await CloseAsync(CloseReason.TryAgainLater);
        }
        finally
        {
            if (!isTaken)
            {
                text.Dispose();
            }
        }
    }

    /// <summary>Called for each operation, since a token may have been revoked.</summary>
    private ValueTask<ConnectionAdmission> AdmitAsync(CancellationToken cancellationToken)
        => _options.AuthenticateConnection(new ConnectionAuthorization(_authorization, _http), cancellationToken);

    [LoggerMessage(LogLevel.Error, "A message over a WebSocket could not be handled.")]
    private partial void LogFailed(Exception exception);
}
