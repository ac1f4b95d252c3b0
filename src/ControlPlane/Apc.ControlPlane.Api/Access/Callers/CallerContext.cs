using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>Reads the caller off a GraphQL request.</summary>
public static class CallerContext
{
    /// <summary>Who asks; <see cref="Callers.Caller.Anonymous"/> where the request was given no caller.</summary>
    public static Caller Caller(this ResolverContext context) => context.Request.Caller as Caller ?? Callers.Caller.Anonymous;
}
