using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>
/// A rule of chapter 5, with state for one document. It overrides <c>Enter</c> for nodes that it handles before their insides, and
/// <c>Leave</c> for nodes that it handles after. It is not called for other nodes.
/// </summary>
internal abstract class ValidationRule
{
    /// <summary>The node whose inside the rule skips; null if it skips nothing at the moment.</summary>
    public SyntaxNode? SkippedNode { get; private set; }

    public virtual void Enter(DocumentNode document)
    {
    }

    public virtual void Enter(OperationDefinitionNode operation)
    {
    }

    public virtual void Enter(VariableDefinitionNode definition)
    {
    }

    public virtual void Enter(FragmentDefinitionNode fragment)
    {
    }

    public virtual void Enter(SelectionSetNode selectionSet)
    {
    }

    public virtual void Enter(FieldNode field)
    {
    }

    public virtual void Enter(FragmentSpreadNode spread)
    {
    }

    public virtual void Enter(InlineFragmentNode fragment)
    {
    }

    public virtual void Enter(ArgumentNode argument)
    {
    }

    public virtual void Enter(DirectiveNode directive)
    {
    }

    public virtual void Enter(NamedTypeNode type)
    {
    }

    public virtual void Enter(VariableNode variable)
    {
    }

    public virtual void Enter(IntValueNode value)
    {
    }

    public virtual void Enter(FloatValueNode value)
    {
    }

    public virtual void Enter(StringValueNode value)
    {
    }

    public virtual void Enter(BooleanValueNode value)
    {
    }

    public virtual void Enter(NullValueNode value)
    {
    }

    public virtual void Enter(EnumValueNode value)
    {
    }

    public virtual void Enter(ListValueNode value)
    {
    }

    public virtual void Enter(ObjectValueNode value)
    {
    }

    public virtual void Enter(ObjectFieldNode field)
    {
    }

    public virtual void Leave(DocumentNode document)
    {
    }

    public virtual void Leave(OperationDefinitionNode operation)
    {
    }

    public virtual void Leave(FieldNode field)
    {
    }

    public virtual void Leave(DirectiveNode directive)
    {
    }

    public virtual void Leave(ObjectValueNode value)
    {
    }

    /// <summary>Calls the <c>Enter</c> for the node's kind.</summary>
    public void EnterNode(SyntaxNode node)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Document: Enter((DocumentNode)node); break;
            case SyntaxKind.OperationDefinition: Enter((OperationDefinitionNode)node); break;
            case SyntaxKind.VariableDefinition: Enter((VariableDefinitionNode)node); break;
            case SyntaxKind.FragmentDefinition: Enter((FragmentDefinitionNode)node); break;
            case SyntaxKind.SelectionSet: Enter((SelectionSetNode)node); break;
            case SyntaxKind.Field: Enter((FieldNode)node); break;
            case SyntaxKind.FragmentSpread: Enter((FragmentSpreadNode)node); break;
            case SyntaxKind.InlineFragment: Enter((InlineFragmentNode)node); break;
            case SyntaxKind.Argument: Enter((ArgumentNode)node); break;
            case SyntaxKind.Directive: Enter((DirectiveNode)node); break;
            case SyntaxKind.NamedType: Enter((NamedTypeNode)node); break;
            case SyntaxKind.Variable: Enter((VariableNode)node); break;
            case SyntaxKind.IntValue: Enter((IntValueNode)node); break;
            case SyntaxKind.FloatValue: Enter((FloatValueNode)node); break;
            case SyntaxKind.StringValue: Enter((StringValueNode)node); break;
            case SyntaxKind.BooleanValue: Enter((BooleanValueNode)node); break;
            case SyntaxKind.NullValue: Enter((NullValueNode)node); break;
            case SyntaxKind.EnumValue: Enter((EnumValueNode)node); break;
            case SyntaxKind.ListValue: Enter((ListValueNode)node); break;
            case SyntaxKind.ObjectValue: Enter((ObjectValueNode)node); break;
            case SyntaxKind.ObjectField: Enter((ObjectFieldNode)node); break;
        }
    }

    /// <summary>Calls the <c>Leave</c> for the node's kind.</summary>
    public void LeaveNode(SyntaxNode node)
    {
        switch (node.Kind)
        {
            case SyntaxKind.Document: Leave((DocumentNode)node); break;
            case SyntaxKind.OperationDefinition: Leave((OperationDefinitionNode)node); break;
            case SyntaxKind.Field: Leave((FieldNode)node); break;
            case SyntaxKind.Directive: Leave((DirectiveNode)node); break;
            case SyntaxKind.ObjectValue: Leave((ObjectValueNode)node); break;
        }
    }

    /// <summary>Called when the walk leaves a node. Ends the skip if the rule skipped the inside of this node.</summary>
    public void EndSkip(SyntaxNode node)
    {
        if (ReferenceEquals(SkippedNode, node))
        {
            SkippedNode = null;
        }
    }

    /// <summary>Called in <c>Enter</c>: the rule is not called for the inside of this node, nor when the walk leaves it.</summary>
    protected void SkipInside(SyntaxNode node) => SkippedNode = node;
}
