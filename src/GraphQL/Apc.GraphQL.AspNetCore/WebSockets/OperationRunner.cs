using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Microsoft.Extensions.Logging;

namespace Apc.GraphQL.AspNetCore.WebSockets;

/// <summary>Runs the operations of one connection and sends their responses.</summary>
internal sealed partial class OperationRunner(
    SocketSender sender, SubProtocol protocol, GraphQLExecutor executor, GraphQLServerOptions options, ILogger logger)
{
    /// <summary>Sends the error that the connection has too many operations.</summary>
    public ValueTask RefuseAsync(OperationId id)
    {
        var max = options.MaxOperationsPerConnection;
        var name = options.Mention(nameof(options.MaxOperationsPerConnection));
        var error = new GraphQLError($"{max} operations are under way on this connection, as many as one may have{name}.")
        {
            Code = ErrorCodes.LimitExceeded,
        };
        return SendErrorAsync(id, null, error);
    }

    /// <summary>Runs an operation until it completes or the client or the connection ends it.</summary>
    public async Task RunAsync(SocketOperation operation, SocketOperations operations)
    {
        try
        {
            await operation.ReauthenticateAsync();

            if (await TryAnswerAsync(operation) && operations.TryRelease(operation))
            {
                using var writer = new JsonWriter(256);
                SubProtocol.WriteComplete(writer, operation.Id);
                await sender.SendAsync(writer.WrittenMemory);
            }
        }
        catch (OperationCanceledException) when (operation.HasEnded)
        {
            // The client or the connection has ended the operation: there is nothing to send.
        }
        catch (Exception e)
        {
            await SendErrorAsync(operation.Id, operation, Mask(e));
        }
    }

    /// <summary>Sends all responses of an operation. False if it was refused: then its errors were the last message.</summary>
    private async ValueTask<bool> TryAnswerAsync(SocketOperation operation)
    {
        using var writer = new JsonWriter();
        protocol.BeginResponse(writer, operation.Id);
        var start = writer.Position;
        var (response, stream) = await executor.SubscribeAsync(operation.Request, operation, writer);

        if (stream is null)
        {
            // A source stream that could not be created is an error of its field, in an ordinary response.
            if (response.Kind is not (ResponseKind.Executed or ResponseKind.SubscriptionFailed))
            {
                await SendErrorsAsync(operation.Id, operation, ErrorsIn(writer.WrittenMemory[start..]));
                return false;
            }

            writer.WriteByte((byte)'}');
            await sender.SendAsync(writer.WrittenMemory, operation);
            return true;
        }

        await using (stream)
        {
            // Continue asynchronously, so that the connection reads further messages even if the source has many events at once.
            await Task.Yield();
            writer.RewindTo(start);

            while (await stream.MoveNextAsync(writer))
            {
                writer.WriteByte((byte)'}');
                await sender.SendAsync(writer.WrittenMemory, operation);
                writer.RewindTo(start);
            }
        }

        return true;
    }

    /// <summary>The error for the client after a failure outside of any field. A filter also logs the exception.</summary>
    private GraphQLError Mask(Exception exception)
    {
        var masked = new GraphQLError("Internal error") { Code = ErrorCodes.Internal, Exception = exception };

        if (options.Execution.ErrorFilter is { } filter)
        {
            return filter.OnError(masked);
        }

        LogFailed(exception);
        return masked;
    }

    private async ValueTask SendErrorAsync(OperationId id, SocketOperation? operation, GraphQLError error)
    {
        using var writer = new JsonWriter(512);
        writer.WriteRaw("[{\"message\":"u8);
        writer.WriteString(error.Message);
        writer.WriteRaw(",\"extensions\":{\"code\":"u8);
        writer.WriteString(error.Code);
        writer.WriteRaw("}}]"u8);
        await SendErrorsAsync(id, operation, writer.WrittenMemory);
    }

    private async ValueTask SendErrorsAsync(OperationId id, SocketOperation? operation, ReadOnlyMemory<byte> errors)
    {
        using var writer = new JsonWriter();
        protocol.WriteErrors(writer, id, errors.Span);
        await sender.SendAsync(writer.WrittenMemory, operation);
    }

    /// <summary>The member <c>errors</c> of a response that has it.</summary>
    private static ReadOnlyMemory<byte> ErrorsIn(ReadOnlyMemory<byte> response)
    {
        var reader = new Utf8JsonReader(response.Span, new JsonReaderOptions { MaxDepth = 1_000 });
        reader.Read();

        while (reader.Read() && !reader.ValueTextEquals("errors"u8))
        {
            reader.Skip();
        }

        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return response[start..(int)reader.BytesConsumed];
    }

    [LoggerMessage(LogLevel.Error, "An operation over a WebSocket could not be executed.")]
    private partial void LogFailed(Exception exception);
}
