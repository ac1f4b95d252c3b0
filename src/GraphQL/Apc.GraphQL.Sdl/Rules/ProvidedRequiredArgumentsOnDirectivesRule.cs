using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A directive is given every argument that is non-null and has no default.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Required-Arguments</remarks>
internal sealed class ProvidedRequiredArgumentsOnDirectivesRule(SdlContext context) : SdlRule
{
    // On the way up, so that errors inside come first.
    public override void Leave(SyntaxNode node)
    {
        if (node is not DirectiveNode directive || context.FindDirective(directive.Name.Value) is not { } known)
        {
            return;
        }

        // Of two arguments with one name the last counts; that there are two is another rule's error.
        foreach (var argument in known.Arguments.Where(a => a.IsRequired).GroupBy(a => a.Name).Select(g => g.Last())
            .Where(a => directive.Arguments.All(given => given.Name.Value != a.Name)))
        {
            context.Report(
                $"Directive \"@{directive.Name.Value}\" argument \"{argument.Name}\" of type \"{argument.Type}\" is required, but it was not provided.",
                directive);
        }
    }
}
