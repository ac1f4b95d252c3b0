using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// All Variable Uses Defined: an operation declares all variables that it and its fragments use.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-All-Variable-Uses-Defined</remarks>
internal sealed class NoUndefinedVariablesRule(ValidationContext context) : ValidationRule
{
    public override void Leave(OperationDefinitionNode operation)
    {
        var declared = new DeclaredVariables(operation);

        if (context.VariableUsages.DifferentOf(operation).All(usage => declared.Find(usage.Name) is not null))
        {
            return;
        }

        foreach (var usage in context.VariableUsages.Of(operation))
        {
            if (declared.Find(usage.Name) is not null)
            {
                continue;
            }

            var where = operation.Name is { } name ? $" by operation \"{name.Value}\"" : "";
            context.Report(new GraphQLError($"Variable \"${usage.Name}\" is not defined{where}.")
            {
                Nodes = [usage.Variable, operation],
            });
        }
    }
}
