using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Operation Name Uniqueness: no two operations of a document have the same name.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Operation-Name-Uniqueness</remarks>
internal sealed class UniqueOperationNamesRule(ValidationContext context) : ValidationRule
{
    private readonly FirstByName _operations = new();

    public override void Enter(OperationDefinitionNode operation)
    {
        if (operation.Name is { } name && _operations.FindOrAdd(name) is { } first)
        {
            context.Report(new GraphQLError($"There can be only one operation named \"{name.Value}\".") { Nodes = [first, name] });
        }
    }
}
