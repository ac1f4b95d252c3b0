using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>An object literal in a default or an argument has each field at most once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Input-Object-Field-Uniqueness</remarks>
internal sealed class UniqueInputFieldNamesRule(SdlContext context) : SdlRule
{
    // Checked at each field, not at the object: errors inside a field come before those of the next field.
    private readonly Stack<FirstByName> _literals = [];

    public override void Enter(SyntaxNode node)
    {
        if (node is ObjectValueNode)
        {
            _literals.Push(new FirstByName());
        }
        else if (node is ObjectFieldNode field && _literals.Peek().FindOrAdd(field.Name) is { } first)
        {
            context.Report($"There can be only one input field named \"{field.Name.Value}\".", first, field.Name);
        }
    }

    public override void Leave(SyntaxNode node)
    {
        if (node is ObjectValueNode)
        {
            _literals.Pop();
        }
    }
}
