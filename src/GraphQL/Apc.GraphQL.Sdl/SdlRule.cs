using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl;

/// <summary>A rule for type-system documents, made for one document.</summary>
internal abstract class SdlRule
{
    /// <summary>A node on the way down; <see cref="SdlContext.Ancestors"/> are the nodes around it.</summary>
    public virtual void Enter(SyntaxNode node)
    {
    }

    /// <summary>A node on the way up.</summary>
    public virtual void Leave(SyntaxNode node)
    {
    }
}
