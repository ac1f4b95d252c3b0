using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Directives Are Defined, Directives Are in Valid Locations: the schema defines each directive and allows it at its location.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Directives-Are-Defined</remarks>
internal sealed class KnownDirectivesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(DirectiveNode directive)
    {
        var name = directive.Name.Value;

        if (context.Types.Directive is not { } definition)
        {
            context.Report(new GraphQLError($"Unknown directive \"@{name}\".") { Nodes = [directive] });
            return;
        }

        var location = LocationOf(context.Types.Parent!);

        if (!definition.Locations.Contains(location))
        {
            var place = DirectiveLocations.NameOf(location);
            context.Report(new GraphQLError($"Directive \"@{name}\" may not be used on {place}.") { Nodes = [directive] });
        }
    }

    private static DirectiveLocation LocationOf(SyntaxNode parent) => parent switch
    {
        FieldNode => DirectiveLocation.Field,
        FragmentSpreadNode => DirectiveLocation.FragmentSpread,
        InlineFragmentNode => DirectiveLocation.InlineFragment,
        FragmentDefinitionNode => DirectiveLocation.FragmentDefinition,
        VariableDefinitionNode => DirectiveLocation.VariableDefinition,
        OperationDefinitionNode { Operation: OperationType.Mutation } => DirectiveLocation.Mutation,
        OperationDefinitionNode { Operation: OperationType.Subscription } => DirectiveLocation.Subscription,
        _ => DirectiveLocation.Query,
    };
}
