using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>
/// Walks a document once, in the order of the text, for all rules together. Rules enter a node after <see cref="TypeInfo"/> has entered it,
/// and leave it before <see cref="TypeInfo"/> does.
/// </summary>
internal sealed class DocumentWalker(TypeInfo types, ValidationRule[] rules, RuleDispatch dispatch)
{
    /// <summary>Walks the whole document except the insides of type-system definitions, which a rule refuses as a whole.</summary>
    public void Walk(DocumentNode document)
    {
        var skipped = Enter(document);

        foreach (var definition in document.Definitions)
        {
            if (definition is ExecutableDefinitionNode executable)
            {
                Walk(executable);
            }
        }

        Leave(document, skipped);
    }

    /// <summary>Walks one operation or fragment.</summary>
    public void Walk(ExecutableDefinitionNode definition)
    {
        switch (definition)
        {
            case OperationDefinitionNode operation:
                Walk(operation);
                break;
            case FragmentDefinitionNode fragment:
                Walk(fragment);
                break;
        }
    }

    private void Walk(OperationDefinitionNode operation)
    {
        var outer = types.Enter(operation);
        var skipped = Enter(operation);

        for (var i = 0; i < operation.VariableDefinitions.Count; i++)
        {
            Walk(operation.VariableDefinitions[i]);
        }

        WalkAll(operation.Directives, operation);
        Walk(operation.SelectionSet, operation);
        Leave(operation, skipped);
        types.Leave(outer);
    }

    private void Walk(VariableDefinitionNode definition)
    {
        var outer = types.Enter(definition);
        var skipped = Enter(definition);

        // The declared variable itself is left out: it is not a use of the variable.
        Walk(definition.Type);

        if (definition.DefaultValue is not null)
        {
            Walk(definition.DefaultValue);
        }

        WalkAll(definition.Directives, definition);
        Leave(definition, skipped);
        types.Leave(outer);
    }

    private void Walk(FragmentDefinitionNode fragment)
    {
        var outer = types.Enter(fragment);
        var skipped = Enter(fragment);
        Walk(fragment.TypeCondition);
        WalkAll(fragment.Directives, fragment);
        Walk(fragment.SelectionSet, fragment);
        Leave(fragment, skipped);
        types.Leave(outer);
    }

    private void Walk(SelectionSetNode selectionSet, SyntaxNode parent)
    {
        var outer = types.EnterSelectionSet();
        types.Parent = parent;
        var skipped = Enter(selectionSet);

        for (var i = 0; i < selectionSet.Selections.Count; i++)
        {
            switch (selectionSet.Selections[i])
            {
                case FieldNode field:
                    Walk(field);
                    break;
                case FragmentSpreadNode spread:
                    Walk(spread);
                    break;
                case InlineFragmentNode fragment:
                    Walk(fragment);
                    break;
            }
        }

        Leave(selectionSet, skipped);
        types.LeaveSelectionSet(outer);
    }

    private void Walk(FieldNode field)
    {
        var outer = types.Enter(field);
        var skipped = Enter(field);
        WalkAll(field.Arguments);
        WalkAll(field.Directives, field);

        if (field.SelectionSet is not null)
        {
            Walk(field.SelectionSet, field);
        }

        Leave(field, skipped);
        types.Leave(outer);
    }

    private void Walk(FragmentSpreadNode spread)
    {
        var skipped = Enter(spread);
        WalkAll(spread.Directives, spread);
        Leave(spread, skipped);
    }

    private void Walk(InlineFragmentNode fragment)
    {
        var outer = types.Enter(fragment);
        var skipped = Enter(fragment);

        if (fragment.TypeCondition is not null)
        {
            Walk(fragment.TypeCondition);
        }

        WalkAll(fragment.Directives, fragment);
        Walk(fragment.SelectionSet, fragment);
        Leave(fragment, skipped);
        types.Leave(outer);
    }

    private void WalkAll(IReadOnlyList<DirectiveNode> directives, SyntaxNode parent)
    {
        for (var i = 0; i < directives.Count; i++)
        {
            var directive = directives[i];
            types.Enter(directive);
            types.Parent = parent;
            var skipped = Enter(directive);
            WalkAll(directive.Arguments);
            Leave(directive, skipped);
            types.LeaveDirective();
        }
    }

    private void WalkAll(IReadOnlyList<ArgumentNode> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            var outer = types.Enter(argument);
            var skipped = Enter(argument);
            Walk(argument.Value);
            Leave(argument, skipped);
            types.LeaveArgument(outer);
        }
    }

    private void Walk(ValueNode value)
    {
        switch (value)
        {
            case ListValueNode list:
                Walk(list);
                break;
            case ObjectValueNode objectValue:
                Walk(objectValue);
                break;
            default:
                Leave(value, Enter(value));
                break;
        }
    }

    private void Walk(ListValueNode list)
    {
        var outer = types.Enter(list);
        var skipped = Enter(list);

        foreach (var value in list.Values)
        {
            Walk(value);
        }

        Leave(list, skipped);
        types.Leave(outer);
    }

    private void Walk(ObjectValueNode value)
    {
        var skipped = Enter(value);

        foreach (var field in value.Fields)
        {
            var outer = types.Enter(field);
            var fieldSkipped = Enter(field);
            Walk(field.Value);
            Leave(field, fieldSkipped);
            types.Leave(outer);
        }

        Leave(value, skipped);
    }

    private void Walk(TypeNode type)
    {
        var skipped = Enter(type);

        switch (type)
        {
            case ListTypeNode list:
                Walk(list.Type);
                break;
            case NonNullTypeNode nonNull:
                Walk(nonNull.Type);
                break;
        }

        Leave(type, skipped);
    }

    /// <summary>Calls the rules' <c>Enter</c> methods. True if a rule skips the inside of the node.</summary>
    private bool Enter(SyntaxNode node)
    {
        var skipped = false;

        foreach (var index in dispatch.Entering(node.Kind))
        {
            var rule = rules[index];

            if (rule.SkippedNode is null)
            {
                rule.EnterNode(node);
                skipped |= rule.SkippedNode is not null;
            }
        }

        return skipped;
    }

    private void Leave(SyntaxNode node, bool skipped)
    {
        foreach (var index in dispatch.Leaving(node.Kind))
        {
            var rule = rules[index];

            if (rule.SkippedNode is null)
            {
                rule.LeaveNode(node);
            }
        }

        if (skipped)
        {
            foreach (var rule in rules)
            {
                rule.EndSkip(node);
            }
        }
    }
}
