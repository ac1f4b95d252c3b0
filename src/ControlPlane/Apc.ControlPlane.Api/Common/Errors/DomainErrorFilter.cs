using Apc.ControlPlane.Domain;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>Turns exceptions of resolvers into the errors that callers get. Hides the messages of unexpected ones.</summary>
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

    /// <summary>The error for an expected exception; null for an unexpected one.</summary>
    /// <param name="field">The field that threw it; null if none did.</param>
    public (string Message, string Code)? Explain(Exception exception, ResolverContext? field)
    {
        if (exception is not DomainException && DatabaseOutage.Explain(exception) is { } outage)
        {
            return outage;
        }

        var refusal = exception as DomainException ?? constraints.Explain(exception) ?? UnstorableText.Explain(exception, field);
        return refusal is null ? null : (refusal.Message, refusal.Code);
    }

    [LoggerMessage(LogLevel.Error, "A resolver failed. The caller was given reference {Reference}.")]
    private partial void LogUnexpected(string reference, Exception exception);

    [LoggerMessage(LogLevel.Warning, "The database does not answer.")]
    private partial void LogUnreachable(Exception exception);
}
