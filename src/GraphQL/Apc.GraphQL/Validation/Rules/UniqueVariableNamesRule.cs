using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Variable Uniqueness: an operation declares each of its variables once.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Variable-Uniqueness</remarks>
internal sealed class UniqueVariableNamesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(OperationDefinitionNode operation)
    {
        if (operation.VariableDefinitions.Count < 2)
        {
            return;
        }

        foreach (var sameName in operation.VariableDefinitions.GroupBy(d => d.Variable.Name.Value).Where(g => g.Count() > 1))
        {
            context.Report(new GraphQLError($"There can be only one variable named \"${sameName.Key}\".")
            {
                Nodes = [.. sameName.Select(d => d.Variable.Name)],
            });
        }
    }
}
