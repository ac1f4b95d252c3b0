using Apc.ControlPlane.Domain;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Npgsql;

namespace Apc.ControlPlane.Api.Errors;

/// <summary>Decides what a caller learns of an exception that a resolver threw.</summary>
public sealed partial class DomainErrorFilter(ILogger<DomainErrorFilter> logger) : IErrorFilter
{
    public GraphQLError OnError(GraphQLError error)
    {
        if (error.Exception is not { } exception)
        {
            return error;
        }

        if (Explain(exception) is { } known)
        {
            if (known.Code == DatabaseOutage.Code)
            {
                LogUnreachable(exception);
            }

            return error with { Message = known.Message, Code = known.Code };
        }

        var reference = Guid.NewGuid().ToString("N");
        LogUnexpected(reference, exception);
        return error with { Message = $"Internal error (reference {reference})", Code = ErrorCodes.Internal };
    }

    /// <summary>What a caller may know of an exception; null where it is a fault of ours.</summary>
    public static (string Message, string Code)? Explain(Exception exception) => exception switch
    {
        DomainException expected => (expected.Message, expected.Code),
        PostgresException { SqlState: PostgresErrorCodes.QueryCanceled } => ("The database took too long. Ask for less, or try again.", ErrorCodes.Timeout),
        _ when DatabaseOutage.Is(exception) => (DatabaseOutage.Message, DatabaseOutage.Code),
        _ => null,
    };

    [LoggerMessage(LogLevel.Error, "A resolver failed. The caller was given reference {Reference}.")]
    private partial void LogUnexpected(string reference, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database does not answer.")]
    private partial void LogUnreachable(Exception exception);
}
