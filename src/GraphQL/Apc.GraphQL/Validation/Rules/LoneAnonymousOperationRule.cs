using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Lone Anonymous Operation: an operation without a name is the only operation of its document.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Lone-Anonymous-Operation</remarks>
internal sealed class LoneAnonymousOperationRule(ValidationContext context) : ValidationRule
{
    private int _operationCount;

    public override void Enter(DocumentNode document)
        => _operationCount = document.Definitions.Count(definition => definition is OperationDefinitionNode);

    public override void Enter(OperationDefinitionNode operation)
    {
        if (operation.Name is null && _operationCount > 1)
        {
            context.Report(new GraphQLError("This anonymous operation must be the only defined operation.") { Nodes = [operation] });
        }
    }
}
