using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragment Spread Is Possible: the type around a fragment and the fragment's type have a possible type in common.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragment-Spread-Is-Possible</remarks>
internal sealed class PossibleFragmentSpreadsRule(ValidationContext context) : ValidationRule
{
    public override void Enter(InlineFragmentNode fragment) => Check(context.Types.Type as CompositeType, fragment, null);

    public override void Enter(FragmentSpreadNode spread)
    {
        if (context.Fragments.Find(spread.Name.Value) is { } fragment)
        {
            Check(context.Schema.FindType(fragment.TypeCondition.Name.Value) as CompositeType, spread, fragment.Name);
        }
    }

    private void Check(CompositeType? type, SelectionNode place, NameNode? name)
    {
        if (type is null || context.Types.ParentType is not { } parent || context.Schema.Overlap(type, parent))
        {
            return;
        }

        var fragment = name is null ? "Fragment" : $"Fragment \"{name.Value}\"";
        context.Report(new GraphQLError(
            $"{fragment} cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".")
        {
            Nodes = [place],
        });
    }
}
