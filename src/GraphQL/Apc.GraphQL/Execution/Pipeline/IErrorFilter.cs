using Apc.GraphQL.Errors;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Decides what a caller sees of a field error. Called once for each failed field, also for those that do not appear in the response
/// because a null replaced an object around them; those have no path.
/// </summary>
public interface IErrorFilter
{
    /// <summary>
    /// The error for the response. For an error with an <see cref="GraphQLError.Exception"/> the message and code that are passed in are
    /// those of an internal error.
    /// </summary>
    GraphQLError OnError(GraphQLError error);

    /// <summary>The same, with the context of the resolver that failed: field, arguments and caller. Null if no resolver failed.</summary>
    GraphQLError OnError(GraphQLError error, ResolverContext? field) => OnError(error);
}
