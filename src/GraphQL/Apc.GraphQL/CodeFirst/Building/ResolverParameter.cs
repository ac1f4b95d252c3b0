using System.Reflection;
using Apc.GraphQL.Execution.DataLoader;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>What a resolver's parameter receives.</summary>
internal enum ParameterKind
{
    Argument,
    Parent,
    CancellationToken,
    Selection,
    Context,
    Caller,
    Loader,
    Singleton,
    Scoped,
}

/// <summary>A parameter of a resolver; of an argument with its place among the field's arguments, else -1.</summary>
internal sealed record ResolverParameter(ParameterInfo Info, ParameterKind Kind, int ArgumentIndex);

internal static class ParameterKinds
{
    /// <summary>The kind of a type that the engine knows by itself, or null.</summary>
    public static ParameterKind? Known(Type type)
    {
        if (type == typeof(CancellationToken))
        {
            return ParameterKind.CancellationToken;
        }

        if (type == typeof(Selection))
        {
            return ParameterKind.Selection;
        }

        if (type == typeof(ResolverContext))
        {
            return ParameterKind.Context;
        }

        return type.IsSubclassOf(typeof(RequestLoader)) ? ParameterKind.Loader : null;
    }
}
