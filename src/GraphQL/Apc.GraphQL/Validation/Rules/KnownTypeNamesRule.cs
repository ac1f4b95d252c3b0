using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragment Spread Type Existence: the types that fragments and variables name exist in the schema.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragment-Spread-Type-Existence</remarks>
internal sealed class KnownTypeNamesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(NamedTypeNode type)
    {
        var name = type.Name.Value;

        if (context.Schema.FindType(name) is null)
        {
            var suggestion = DidYouMean.Text(name, context.Schema.Types.Keys);
            context.Report(new GraphQLError($"Unknown type \"{name}\".{suggestion}")
            {
                Nodes = [type],
                SuggestionLength = suggestion.Length,
            });
        }
    }
}
