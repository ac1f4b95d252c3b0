using Apc.GraphQL.Execution.Resolving;

namespace Apc.GraphQL.Execution.DataLoader;

/// <summary>The loaders of one execution.</summary>
internal sealed class LoaderSet(ResolveQueue queue, OperationExecution operation)
{
    private readonly Lock _gate = new();
    private readonly List<RequestLoader> _loaders = [];

    public TLoader Get<TLoader>(IServiceProvider services)
        where TLoader : RequestLoader
    {
        lock (_gate)
        {
            foreach (var known in _loaders)
            {
                if (known is TLoader loader)
                {
                    return loader;
                }
            }

            var made = (TLoader?)services.GetService(typeof(TLoader))
                ?? throw new InvalidOperationException($"{typeof(TLoader).Name} is not registered as a service.");
            made.Join(queue, operation.CancellationToken);
            _loaders.Add(made);
            return made;
        }
    }

    /// <summary>Clears all loaders, so that values are loaded again.</summary>
    public void Forget()
    {
        lock (_gate)
        {
            foreach (var loader in _loaders)
            {
                loader.Forget();
            }
        }
    }
}
