namespace Apc.GraphQL.CodeFirst;

/// <summary>What the container knows of a type that a resolver's parameter has.</summary>
public enum ServiceKind
{
    /// <summary>No service: the parameter is an argument.</summary>
    None,

    /// <summary>One instance for the whole application; looked up once.</summary>
    Singleton,

    /// <summary>An instance for each request, or each use; looked up at each call in the request's services.</summary>
    Scoped,
}
