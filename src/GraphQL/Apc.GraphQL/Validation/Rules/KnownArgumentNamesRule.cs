using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Argument Names: every given argument is defined by the field or directive.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Argument-Names</remarks>
internal sealed class KnownArgumentNamesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(ArgumentNode argument)
    {
        if (context.Types is { Argument: null, Field: { } field, ParentType: { } type })
        {
            var name = argument.Name.Value;
            var suggestion = DidYouMean.Text(name, field.Arguments.Select(a => a.Name));
            context.Report(new GraphQLError($"Unknown argument \"{name}\" on field \"{type.Name}.{field.Name}\".{suggestion}")
            {
                Nodes = [argument],
                SuggestionLength = suggestion.Length,
            });
        }
    }

    public override void Enter(DirectiveNode directive)
    {
        SkipInside(directive);

        if (context.Types.Directive is not { } definition)
        {
            return;
        }

        foreach (var argument in directive.Arguments.Where(given => definition.Arguments.All(known => known.Name != given.Name.Value)))
        {
            var name = argument.Name.Value;
            var suggestion = DidYouMean.Text(name, definition.Arguments.Select(a => a.Name));
            context.Report(new GraphQLError($"Unknown argument \"{name}\" on directive \"@{definition.Name}\".{suggestion}")
            {
                Nodes = [argument],
                SuggestionLength = suggestion.Length,
            });
        }
    }
}
