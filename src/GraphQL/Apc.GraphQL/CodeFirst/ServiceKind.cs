namespace Apc.GraphQL.CodeFirst;

/// <summary>How the type of a resolver's parameter is registered in the container.</summary>
public enum ServiceKind
{
    /// <summary>Not a service: the parameter is an argument.</summary>
    None,

    /// <summary>One instance for the whole application; looked up once.</summary>
    Singleton,

    /// <summary>An instance for each request or each use; looked up at each call in the request's services.</summary>
    Scoped,
}
