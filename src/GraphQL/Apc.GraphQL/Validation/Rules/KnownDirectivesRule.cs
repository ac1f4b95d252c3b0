using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Directives Are Defined, Directives Are in Valid Locations: the schema has each directive, and for the place where it stands.
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

        var (location, wireName) = LocationOf(context.Types.Parent!);

        if (!definition.Locations.Contains(location))
        {
            context.Report(new GraphQLError($"Directive \"@{name}\" may not be used on {wireName}.") { Nodes = [directive] });
        }
    }

    private static (DirectiveLocation Location, string WireName) LocationOf(SyntaxNode parent) => parent switch
    {
        FieldNode => (DirectiveLocation.Field, "FIELD"),
        FragmentSpreadNode => (DirectiveLocation.FragmentSpread, "FRAGMENT_SPREAD"),
        InlineFragmentNode => (DirectiveLocation.InlineFragment, "INLINE_FRAGMENT"),
        FragmentDefinitionNode => (DirectiveLocation.FragmentDefinition, "FRAGMENT_DEFINITION"),
        VariableDefinitionNode => (DirectiveLocation.VariableDefinition, "VARIABLE_DEFINITION"),
        OperationDefinitionNode { Operation: OperationType.Mutation } => (DirectiveLocation.Mutation, "MUTATION"),
        OperationDefinitionNode { Operation: OperationType.Subscription } => (DirectiveLocation.Subscription, "SUBSCRIPTION"),
        _ => (DirectiveLocation.Query, "QUERY"),
    };
}
