using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation;

/// <summary>
/// The types of the schema at the current node of a walk; null for everything that the schema does not have. Each <c>Enter</c> returns the
/// state around the node, which the caller passes to the <c>Leave</c> of the same node.
/// </summary>
internal sealed class TypeInfo(Schema schema)
{
    private InputPlace _input;

    /// <summary>The node that directly encloses the current one; set only for directives and selection sets.</summary>
    public SyntaxNode? Parent { get; set; }

    /// <summary>The type of the current field, fragment or operation.</summary>
    public GraphQLType? Type { get; private set; }

    /// <summary>The type on which the current selection set selects.</summary>
    public CompositeType? ParentType { get; private set; }

    /// <summary>The definition of the current field.</summary>
    public FieldDefinition? Field { get; private set; }

    /// <summary>The definition of the directive around the current argument.</summary>
    public DirectiveDefinition? Directive { get; private set; }

    /// <summary>The definition of the current argument.</summary>
    public InputValueDefinition? Argument { get; private set; }

    /// <summary>The type expected of the current value.</summary>
    public GraphQLType? InputType => _input.Type;

    /// <summary>The type expected of the value around the current one.</summary>
    public GraphQLType? ParentInputType => _input.ParentType;

    /// <summary>The default of the argument or input field whose value is current.</summary>
    public ValueNode? DefaultValue => _input.DefaultValue;

    public GraphQLType? Enter(OperationDefinitionNode operation) => ReplaceType(schema.RootType(operation.Operation));

    public GraphQLType? Enter(FragmentDefinitionNode fragment) => ReplaceType(OutputTypeOf(fragment.TypeCondition));

    public GraphQLType? Enter(InlineFragmentNode fragment)
        => ReplaceType(fragment.TypeCondition is null ? Type?.Named : OutputTypeOf(fragment.TypeCondition));

    public void Leave(GraphQLType? outer) => Type = outer;

    public CompositeType? EnterSelectionSet()
    {
        var outer = ParentType;
        ParentType = Type?.Named as CompositeType;
        return outer;
    }

    public void LeaveSelectionSet(CompositeType? outer) => ParentType = outer;

    public (FieldDefinition? Field, GraphQLType? Type) Enter(FieldNode field)
    {
        var outer = (Field, Type);
        Field = ParentType is null ? null : schema.FindField(ParentType, field.Name.Value);
        Type = Field?.Type;
        return outer;
    }

    public void Leave((FieldDefinition? Field, GraphQLType? Type) outer) => (Field, Type) = outer;

    public void Enter(DirectiveNode directive) => Directive = schema.FindDirective(directive.Name.Value);

    public void LeaveDirective() => Directive = null;

    public InputPlace Enter(VariableDefinitionNode definition)
    {
        var outer = _input;
        _input = new(InputTypeOrNull(schema.TypeOf(definition.Type)), outer.Type, outer.DefaultValue);
        return outer;
    }

    public InputPlace Enter(ArgumentNode argument)
    {
        // As in graphql-js, the arguments of an unknown directive are looked up in the field around it.
        Argument = Find(Directive is null ? Field?.Arguments : Directive.Arguments, argument.Name.Value);
        return Enter(Argument);
    }

    public void LeaveArgument(InputPlace outer)
    {
        Argument = null;
        _input = outer;
    }

    public InputPlace Enter(ListValueNode _)
    {
        var outer = _input;
        var listType = outer.Type?.Nullable;
        _input = new(listType is ListType list ? list.OfType : listType, outer.Type, null);
        return outer;
    }

    public InputPlace Enter(ObjectFieldNode field)
        => Enter(
            InputType?.Named is InputObjectType type && type.Fields.TryGetValue(field.Name.Value, out var definition)
                ? definition
                : null);

    public void Leave(InputPlace outer) => _input = outer;

    private InputPlace Enter(InputValueDefinition? definition)
    {
        var outer = _input;
        _input = new(definition?.Type, outer.Type, definition?.DefaultValue);
        return outer;
    }

    private GraphQLType? ReplaceType(GraphQLType? type)
    {
        var outer = Type;
        Type = type;
        return outer;
    }

    private NamedType? OutputTypeOf(NamedTypeNode name)
        => schema.FindType(name.Name.Value) is { IsOutputType: true } type ? type : null;

    private static GraphQLType? InputTypeOrNull(GraphQLType? type) => type is { IsInputType: true } ? type : null;

    private static InputValueDefinition? Find(IReadOnlyList<InputValueDefinition>? definitions, string name)
    {
        for (var i = 0; i < definitions?.Count; i++)
        {
            if (definitions[i].Name == name)
            {
                return definitions[i];
            }
        }

        return null;
    }
}

/// <summary>
/// The expectation at a value: its type, the type of the value around it, and the default of its argument or input field.
/// </summary>
internal readonly record struct InputPlace(GraphQLType? Type, GraphQLType? ParentType, ValueNode? DefaultValue);
