using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>How resolvers come by the request's loaders.</summary>
public static class DataLoaderExtensions
{
    /// <summary>The request's loader of this type: made from its services at the first use, the same one afterwards.</summary>
    /// <exception cref="InvalidOperationException">The services do not know the loader.</exception>
    public static TLoader Loader<TLoader>(this ResolverContext context)
        where TLoader : RequestLoader
    {
        ArgumentNullException.ThrowIfNull(context);
        return ((FieldExecution)context).Operation.Loaders.Get<TLoader>(context.Request.Services);
    }
}
