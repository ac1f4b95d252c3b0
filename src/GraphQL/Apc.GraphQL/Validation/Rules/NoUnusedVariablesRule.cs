using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// All Variables Used: each variable that an operation declares is used by it or by one of its fragments.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-All-Variables-Used</remarks>
internal sealed class NoUnusedVariablesRule(ValidationContext context) : ValidationRule
{
    public override void Leave(OperationDefinitionNode operation)
    {
        if (operation.VariableDefinitions.Count == 0)
        {
            return;
        }

        var used = context.VariableUsages.NamesUsedBy(operation);

        foreach (var definition in operation.VariableDefinitions)
        {
            var variable = definition.Variable.Name.Value;

            if (!used.Contains(variable))
            {
                var where = operation.Name is { } name ? $" in operation \"{name.Value}\"" : "";
                context.Report(new GraphQLError($"Variable \"${variable}\" is never used{where}.") { Nodes = [definition] });
            }
        }
    }
}
