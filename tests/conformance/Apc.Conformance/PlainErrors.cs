using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;

namespace Apc.Conformance;

/// <summary>Tells callers what an exception says, as the reference does.</summary>
internal sealed class PlainErrors : IErrorFilter
{
    public GraphQLError OnError(GraphQLError error) => error.Exception is { } exception ? error with { Message = exception.Message } : error;
}
