using Apc.GraphQL.Execution.Resolving;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>Gives resolvers the loaders of the request.</summary>
public static class DataLoaderExtensions
{
    /// <summary>The request's loader of this type: made from its services at the first use, the same one afterwards.</summary>
    /// <exception cref="InvalidOperationException">The loader is not registered as a service.</exception>
    public static TLoader Loader<TLoader>(this ResolverContext context)
        where TLoader : RequestLoader
    {
        ArgumentNullException.ThrowIfNull(context);
        return ((FieldExecution)context).Operation.Loaders.Get<TLoader>(context.Request.Services);
    }
}
