using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl;

/// <summary>Walks the type-system definitions of a document once, for all rules together.</summary>
internal sealed class SdlWalker(SdlContext context, SdlRule[] rules)
{
    public void Walk()
    {
        context.Ancestors.Add(context.Document);

        foreach (var definition in context.Document.Definitions)
        {
            if (definition is not ExecutableDefinitionNode)
            {
                Walk(definition);
            }
        }
    }

    private void Walk(SyntaxNode node)
    {
        foreach (var rule in rules)
        {
            rule.Enter(node);
        }

        context.Ancestors.Add(node);

        foreach (var child in ChildrenOf(node))
        {
            Walk(child);
        }

        context.Ancestors.RemoveAt(context.Ancestors.Count - 1);

        foreach (var rule in rules)
        {
            rule.Leave(node);
        }
    }

    /// <summary>The child nodes in the order of the grammar, without names and descriptions, which no rule needs.</summary>
    private static IEnumerable<SyntaxNode> ChildrenOf(SyntaxNode node) => node switch
    {
        SchemaDefinitionNode schema => [.. schema.Directives, .. schema.OperationTypes],
        SchemaExtensionNode schema => [.. schema.Directives, .. schema.OperationTypes],
        OperationTypeDefinitionNode root => [root.Type],
        ScalarTypeDefinitionNode type => type.Directives,
        ScalarTypeExtensionNode type => type.Directives,
        ObjectTypeDefinitionNode type => [.. type.Interfaces, .. type.Directives, .. type.Fields],
        ObjectTypeExtensionNode type => [.. type.Interfaces, .. type.Directives, .. type.Fields],
        InterfaceTypeDefinitionNode type => [.. type.Interfaces, .. type.Directives, .. type.Fields],
        InterfaceTypeExtensionNode type => [.. type.Interfaces, .. type.Directives, .. type.Fields],
        UnionTypeDefinitionNode type => [.. type.Directives, .. type.Types],
        UnionTypeExtensionNode type => [.. type.Directives, .. type.Types],
        EnumTypeDefinitionNode type => [.. type.Directives, .. type.Values],
        EnumTypeExtensionNode type => [.. type.Directives, .. type.Values],
        InputObjectTypeDefinitionNode type => [.. type.Directives, .. type.Fields],
        InputObjectTypeExtensionNode type => [.. type.Directives, .. type.Fields],
        DirectiveDefinitionNode directive => directive.Arguments,
        FieldDefinitionNode field => [.. field.Arguments, field.Type, .. field.Directives],
        EnumValueDefinitionNode value => value.Directives,
        InputValueDefinitionNode { DefaultValue: { } byDefault } value => [value.Type, byDefault, .. value.Directives],
        InputValueDefinitionNode value => [value.Type, .. value.Directives],
        ListTypeNode list => [list.Type],
        NonNullTypeNode nonNull => [nonNull.Type],
        DirectiveNode directive => directive.Arguments,
        ArgumentNode argument => [argument.Value],
        ListValueNode list => list.Values,
        ObjectValueNode value => value.Fields,
        ObjectFieldNode field => [field.Value],
        _ => [],
    };
}
