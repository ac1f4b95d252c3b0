using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// All Variables Used: an operation or one of its fragments uses each variable that the operation declares.
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

        foreach (var definition in operation.VariableDefinitions.Where(definition => !used.Contains(definition.Variable.Name.Value)))
        {
            var where = operation.Name is { } name ? $" in operation \"{name.Value}\"" : "";
            context.Report(new GraphQLError($"Variable \"${definition.Variable.Name.Value}\" is never used{where}.") { Nodes = [definition] });
        }
    }
}
