using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl;

/// <summary>A rule for type-system documents, with state for one document.</summary>
internal abstract class SdlRule
{
    /// <summary>Called for each node before its inside; <see cref="SdlContext.Ancestors"/> are the nodes around it.</summary>
    public virtual void Enter(SyntaxNode node)
    {
    }

    /// <summary>Called for each node after its inside.</summary>
    public virtual void Leave(SyntaxNode node)
    {
    }
}
