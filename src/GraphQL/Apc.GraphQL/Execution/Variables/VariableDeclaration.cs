using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;
using Apc.GraphQL.Validation;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>A variable as an operation declares it, with its type looked up and its default coerced.</summary>
internal sealed class VariableDeclaration
{
    private readonly object? _default;

    public VariableDeclaration(VariableDefinitionNode node, Schema schema)
    {
        Node = node;
        Type = schema.TypeOf(node.Type) ?? throw new InvalidOperationException($"Validation lets only input types pass for ${Name}.");
        HasDefault = node.DefaultValue is not null && ValueCoercion.TryFromLiteral(node.DefaultValue, Type, null, out _default);
    }

    public VariableDefinitionNode Node { get; }

    public string Name => Node.Variable.Name.Value;

    public GraphQLType Type { get; }

    /// <summary>True if <see cref="Default"/> is the value of a variable that the request does not give.</summary>
    public bool HasDefault { get; }

    public object? Default => _default;
}
