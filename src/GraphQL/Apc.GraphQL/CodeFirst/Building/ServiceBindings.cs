namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The sources of parameters that are not arguments.</summary>
internal sealed class ServiceBindings
{
    public Func<Type, ServiceKind> KindOf { get; set; } = _ => ServiceKind.None;

    /// <summary>Where singletons come from; null for the services of the first request that needs them.</summary>
    public IServiceProvider? Root { get; set; }

    public HashSet<Type> Callers { get; } = [];
}
