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

/// <summary>A parameter of a resolver. The index is that of the argument among the field's arguments; -1 for other kinds.</summary>
internal sealed record ResolverParameter(ParameterInfo Info, ParameterKind Kind, int ArgumentIndex);

internal static class ParameterKinds
{
    /// <summary>The kind that the type alone decides; null if the schema's bindings decide.</summary>
    public static ParameterKind? Known(Type type)
        => type == typeof(CancellationToken) ? ParameterKind.CancellationToken
            : type == typeof(Selection) ? ParameterKind.Selection
            : type == typeof(ResolverContext) ? ParameterKind.Context
            : type.IsSubclassOf(typeof(RequestLoader)) ? ParameterKind.Loader
            : null;
}
