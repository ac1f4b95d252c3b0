namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Where parameters that are no arguments come from.</summary>
internal sealed class ServiceBindings
{
    public Func<Type, ServiceKind> KindOf { get; set; } = _ => ServiceKind.None;

    /// <summary>Where singletons come from; null for the services of the request that needs them first.</summary>
    public IServiceProvider? Root { get; set; }

    public HashSet<Type> Callers { get; } = [];
}
