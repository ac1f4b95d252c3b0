using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Directives Are Unique per Location: a directive is used once at one location, unless it is repeatable.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Directives-Are-Unique-per-Location</remarks>
internal sealed class UniqueDirectivesPerLocationRule(ValidationContext context) : ValidationRule
{
    public override void Enter(OperationDefinitionNode operation) => Check(operation.Directives);

    public override void Enter(VariableDefinitionNode definition) => Check(definition.Directives);

    public override void Enter(FragmentDefinitionNode fragment) => Check(fragment.Directives);

    public override void Enter(FieldNode field) => Check(field.Directives);

    public override void Enter(FragmentSpreadNode spread) => Check(spread.Directives);

    public override void Enter(InlineFragmentNode fragment) => Check(fragment.Directives);

    private void Check(IReadOnlyList<DirectiveNode> directives)
    {
        if (directives.Count < 2)
        {
            return;
        }

        var seen = new Dictionary<string, DirectiveNode>(StringComparer.Ordinal);

        foreach (var directive in directives)
        {
            var name = directive.Name.Value;

            if (context.Schema.FindDirective(name) is not { IsRepeatable: false } || seen.TryAdd(name, directive))
            {
                continue;
            }

            context.Report(new GraphQLError($"The directive \"@{name}\" can only be used once at this location.")
            {
                Nodes = [seen[name], directive],
            });
        }
    }
}
