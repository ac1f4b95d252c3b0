using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>
/// The arguments of one field selection. Arguments without variables are coerced and bound once, others once for each request.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Coercing-Field-Arguments</remarks>
internal sealed class ArgumentsPlan
{
    private readonly FieldDefinition _field;
    private readonly FieldNode _node;

    public ArgumentsPlan(FieldDefinition field, FieldNode node, int index)
    {
        Index = index;
        _field = field;
        _node = node;

        if (!node.Arguments.Any(a => HasVariable(a.Value)))
        {
            Constant = Coerce(variables: null, out _);
        }
    }

    /// <summary>The arguments if they are the same for every request; null if they depend on variables or cannot be coerced.</summary>
    public object?[]? Constant { get; }

    /// <summary>The place of the coerced arguments in the memory of a request; unused for constant arguments.</summary>
    public int Index { get; }

    /// <summary>CoerceArgumentValues: null, with the error, if the arguments do not fit.</summary>
    public object?[]? Coerce(IVariableValues? variables, out GraphQLError? error)
    {
        var definitions = _field.Arguments;
        error = null;

        if (definitions.Count == 0)
        {
            return [];
        }

        var values = new object?[definitions.Count];

        for (var i = 0; i < values.Length; i++)
        {
            error = Coerce(definitions[i], variables, out values[i]);

            if (error is not null)
            {
                return null;
            }
        }

        return values;
    }

    private GraphQLError? Coerce(InputValueDefinition definition, IVariableValues? variables, out object? value)
    {
        var node = Find(definition.Name);
        value = Absent.Value;

        if (node is null || (node is VariableNode missing && !HasValue(missing, variables)))
        {
            if (!definition.TryGetDefault(out var defaultValue))
            {
                return definition.Type is NonNullType
                    ? Missing(definition, node as VariableNode)
                    : Bind(definition, node, ref value);
            }

            value = defaultValue;
        }
        else if (!ValueCoercion.TryFromLiteral(node, definition.Type, variables, out value))
        {
            return definition.Type is NonNullType && IsNull(node, variables)
                ? Error($"Argument \"{definition.Name}\" of non-null type \"{definition.Type}\" must not be null.", node)
                : Error($"Argument \"{definition.Name}\" has invalid value {SyntaxPrinter.Print(node)}.", node);
        }

        return Bind(definition, node, ref value);
    }

    private GraphQLError? Bind(InputValueDefinition definition, ValueNode? node, ref object? value)
    {
        if (definition.Bind is { } bind)
        {
            try
            {
                value = bind(value);
            }
            catch (CoercionException e)
            {
                return Error(e.Message, node ?? (SyntaxNode)_node);
            }
        }

        return null;
    }

    private GraphQLError Missing(InputValueDefinition definition, VariableNode? variable) => variable is null
        ? Error($"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was not provided.", _node)
        : Error(
            $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was provided the variable "
            + $"\"${variable.Name.Value}\" which was not provided a runtime value.",
            variable);

    private ValueNode? Find(string name)
    {
        foreach (var argument in _node.Arguments)
        {
            if (argument.Name.Value == name)
            {
                return argument.Value;
            }
        }

        return null;
    }

    private static GraphQLError Error(string message, SyntaxNode node)
        => new(message) { Nodes = [node], Code = ErrorCodes.BadUserInput };

    private static bool HasValue(VariableNode variable, IVariableValues? variables)
        => variables is not null && variables.TryGetValue(variable.Name.Value, out _);

    private static bool IsNull(ValueNode node, IVariableValues? variables) => node switch
    {
        NullValueNode => true,
        VariableNode variable => variables is null || !variables.TryGetValue(variable.Name.Value, out var value) || value is null,
        _ => false,
    };

    private static bool HasVariable(ValueNode value) => value switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariable),
        ObjectValueNode literal => literal.Fields.Any(f => HasVariable(f.Value)),
        _ => false,
    };
}
