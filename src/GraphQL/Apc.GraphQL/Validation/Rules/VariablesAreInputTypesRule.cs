using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// Variables Are Input Types: the type of a variable is a scalar, an enum, an input object, or a list of these.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-Variables-Are-Input-Types</remarks>
internal sealed class VariablesAreInputTypesRule(ValidationContext context) : ValidationRule
{
    public override void Enter(VariableDefinitionNode definition)
    {
        if (context.Schema.TypeOf(definition.Type) is { IsInputType: false } type)
        {
            var name = definition.Variable.Name.Value;
            context.Report(new GraphQLError($"Variable \"${name}\" cannot be non-input type \"{type}\".") { Nodes = [definition.Type] });
        }
    }
}
