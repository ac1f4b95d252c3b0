using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Every given argument is defined by its directive.</summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Argument-Names</remarks>
internal sealed class KnownArgumentNamesOnDirectivesRule(SdlContext context) : SdlRule
{
    public override void Enter(SyntaxNode node)
    {
        if (node is not DirectiveNode directive || context.FindDirective(directive.Name.Value) is not { } known)
        {
            return;
        }

        var names = known.Arguments.Select(a => a.Name).ToList();

        foreach (var argument in directive.Arguments.Where(a => !names.Contains(a.Name.Value)))
        {
            var name = argument.Name.Value;
            context.Report(
                $"Unknown argument \"{name}\" on directive \"@{directive.Name.Value}\".{DidYouMean.Text(name, names)}", argument);
        }
    }
}
