using Apc.GraphQL.Errors;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>
/// Decides what a caller learns of a field error. It sees each failed field once, also those that no longer show because a null
/// swallowed them; those have no path.
/// </summary>
public interface IErrorFilter
{
    /// <summary>The error to answer with. An error with an <see cref="GraphQLError.Exception"/> comes masked as an internal one.</summary>
    GraphQLError OnError(GraphQLError error);

    /// <summary>The same for a filter that wants to know which field failed, with which arguments and for whom; null where no delegate did.</summary>
    GraphQLError OnError(GraphQLError error, ResolverContext? field) => OnError(error);
}
