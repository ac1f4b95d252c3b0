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
        switch (error.Exception)
        {
            case null:
                return error;
            case DomainException expected:
                return error with { Message = expected.Message, Code = expected.Code };
            case PostgresException { SqlState: PostgresErrorCodes.QueryCanceled }:
                return error with { Message = "The database took too long. Ask for less, or try again.", Code = ErrorCodes.Timeout };
            case var unreachable when DatabaseOutage.Is(unreachable):
                LogUnreachable(unreachable);
                return error with { Message = DatabaseOutage.Message, Code = DatabaseOutage.Code };
            case var unexpected:
                var reference = Guid.NewGuid().ToString("N");
                LogUnexpected(reference, unexpected);
                return error with { Message = $"Internal error (reference {reference})", Code = ErrorCodes.Internal };
        }
    }

    [LoggerMessage(LogLevel.Error, "A resolver failed. The caller was given reference {Reference}.")]
    private partial void LogUnexpected(string reference, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database does not answer.")]
    private partial void LogUnreachable(Exception exception);
}
