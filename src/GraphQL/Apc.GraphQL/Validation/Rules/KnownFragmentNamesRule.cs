using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragment Spread Target Defined: a spread names a fragment of the same document.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragment-Spread-Target-Defined</remarks>
internal sealed class KnownFragmentNamesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(FragmentSpreadNode spread)
    {
        if (context.Fragments.Find(spread.Name.Value) is null)
        {
            context.Report(new GraphQLError($"Unknown fragment \"{spread.Name.Value}\".") { Nodes = [spread.Name] });
        }
    }
}
