using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Fragments on Object, Interface or Union Types: the type condition of a fragment is an object, interface or union type.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Fragments-on-Object-Interface-or-Union-Types</remarks>
internal sealed class FragmentsOnCompositeTypesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(InlineFragmentNode fragment)
    {
        if (fragment.TypeCondition is not null)
        {
            Check(fragment.TypeCondition, "Fragment");
        }
    }

    public override void Enter(FragmentDefinitionNode fragment)
        => Check(fragment.TypeCondition, $"Fragment \"{fragment.Name.Value}\"");

    private void Check(NamedTypeNode condition, string what)
    {
        var name = condition.Name.Value;

        if (context.Schema.FindType(name) is not (null or CompositeType))
        {
            context.Report(new GraphQLError($"{what} cannot condition on non composite type \"{name}\".") { Nodes = [condition] });
        }
    }
}
