using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>A variable as an operation declares it, with its type looked up and its default coerced.</summary>
internal sealed class VariableDeclaration
{
    private readonly object? _default;

    public VariableDeclaration(VariableDefinitionNode node, Schema schema)
    {
        Node = node;
        Type = TypeOf(node.Type, schema) ?? throw new InvalidOperationException($"Validation lets only input types pass for ${Name}.");
        HasDefault = node.DefaultValue is not null && ValueCoercion.TryFromLiteral(node.DefaultValue, Type, null, out _default);
    }

    public VariableDefinitionNode Node { get; }

    public string Name => Node.Variable.Name.Value;

    public GraphQLType Type { get; }

    /// <summary>True where <see cref="Default"/> stands for a variable that the request does not give.</summary>
    public bool HasDefault { get; }

    public object? Default => _default;

    private static GraphQLType? TypeOf(TypeNode node, Schema schema) => node switch
    {
        NonNullTypeNode nonNull => TypeOf(nonNull.Type, schema) is { } type ? new NonNullType(type) : null,
        ListTypeNode list => TypeOf(list.Type, schema) is { } type ? new ListType(type) : null,
        NamedTypeNode named => schema.FindType(named.Name.Value) is { IsInputType: true } type ? type : null,
        _ => null,
    };
}
