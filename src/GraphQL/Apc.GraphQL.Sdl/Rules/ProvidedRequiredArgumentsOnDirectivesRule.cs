using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A directive is given every argument with a non-null type and without default.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Required-Arguments</remarks>
internal sealed class ProvidedRequiredArgumentsOnDirectivesRule(SdlContext context) : SdlRule
{
    // In Leave, so that errors inside the directive come first.
    public override void Leave(SyntaxNode node)
    {
        if (node is not DirectiveNode directive || context.FindDirective(directive.Name.Value) is not { } known)
        {
            return;
        }

        // Of several arguments with the same name the last counts; another rule reports them.
        var required = known.Arguments.Where(a => a.IsRequired).GroupBy(a => a.Name).Select(g => g.Last());

        foreach (var argument in required.Where(a => directive.Arguments.All(given => given.Name.Value != a.Name)))
        {
            context.Report(
                $"Directive \"@{directive.Name.Value}\" argument \"{argument.Name}\" of type \"{argument.Type}\" "
                + "is required, but it was not provided.",
                directive);
        }
    }
}
