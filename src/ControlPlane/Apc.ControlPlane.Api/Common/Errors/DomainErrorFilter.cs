using Apc.ControlPlane.Domain;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>Decides what a caller learns of an exception that a resolver threw.</summary>
public sealed partial class DomainErrorFilter(ConstraintErrors constraints, ILogger<DomainErrorFilter> logger) : IErrorFilter
{
    public GraphQLError OnError(GraphQLError error) => OnError(error, field: null);

    public GraphQLError OnError(GraphQLError error, ResolverContext? field)
    {
        if (error.Exception is not { } exception)
        {
            return error;
        }

        if (Explain(exception, field) is { } known)
        {
            if (DatabaseOutage.Is(exception))
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
    /// <param name="exception">What was thrown.</param>
    /// <param name="field">The field that threw it; null where none did.</param>
    public (string Message, string Code)? Explain(Exception exception, ResolverContext? field)
        => exception is DomainException expected ? (expected.Message, expected.Code)
            : DatabaseOutage.Explain(exception)
                ?? ((constraints.Explain(exception) ?? UnstorableText.Explain(exception, field)) is { } refusal ? (refusal.Message, refusal.Code) : null);

    [LoggerMessage(LogLevel.Error, "A resolver failed. The caller was given reference {Reference}.")]
    private partial void LogUnexpected(string reference, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database does not answer.")]
    private partial void LogUnreachable(Exception exception);
}
