using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>A directive is given each argument at most once.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Argument-Uniqueness</remarks>
internal sealed class UniqueArgumentNamesRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not DirectiveNode directive)
        {
            return;
        }

        foreach (var same in directive.Arguments.Select(a => a.Name).GroupBy(n => n.Value).Where(g => g.Count() > 1))
        {
            context.Report($"There can be only one argument named \"{same.Key}\".", [.. same]);
        }
    }
}
