using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// All Variable Usages Are Allowed: what a variable may be, the place that uses it takes.
/// </summary>
/// <remarks>https://spec.graphql.org/September2025/#sec-All-Variable-Usages-Are-Allowed</remarks>
internal sealed class VariablesInAllowedPositionRule(ValidationContext context) : ValidationRule
{
    public override void Leave(OperationDefinitionNode operation)
    {
        if (operation.VariableDefinitions.Count == 0)
        {
            return;
        }

        var declared = new DeclaredVariables(operation);

        if (context.VariableUsages.DifferentOf(operation).All(usage => ErrorsOf(usage, declared) is null))
        {
            return;
        }

        foreach (var error in context.VariableUsages.Of(operation).SelectMany(usage => ErrorsOf(usage, declared) ?? []))
        {
            context.Report(error);
        }
    }

    /// <summary>Null where there is none.</summary>
    private List<GraphQLError>? ErrorsOf(VariableUsage usage, DeclaredVariables declared)
        => usage.Type is { } expected && declared.Find(usage.Name) is { } definition && context.Schema.TypeOf(definition.Type) is { } type
            ? ErrorsOf(usage, expected, definition, type)
            : null;

    private List<GraphQLError>? ErrorsOf(VariableUsage usage, GraphQLType expected, VariableDefinitionNode definition, GraphQLType type)
    {
        List<GraphQLError>? errors = null;

        if (!IsAllowed(type, definition.DefaultValue, expected, usage.DefaultValue))
        {
            (errors ??= []).Add(new GraphQLError($"Variable \"${usage.Name}\" of type \"{type}\" used in position expecting type \"{expected}\".")
            {
                Nodes = [definition, usage.Variable],
            });
        }

        // As in the reference, an object that must itself be given, or is an element of a list of such, is left to execution, which refuses null there.
        if (usage.ParentType is InputObjectType { IsOneOf: true } oneOf && type is not NonNullType)
        {
            (errors ??= []).Add(new GraphQLError(
                $"Variable \"${usage.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf Input Object \"{oneOf}\".")
            {
                Nodes = [definition, usage.Variable],
            });
        }

        return errors;
    }

    /// <summary>IsVariableUsageAllowed: a default on either side lets a nullable variable stand where null may not.</summary>
    private bool IsAllowed(GraphQLType type, ValueNode? variableDefault, GraphQLType expected, ValueNode? locationDefault)
    {
        if (expected is not NonNullType nonNull || type is NonNullType)
        {
            return context.Schema.IsSubType(expected, type);
        }

        var hasDefault = variableDefault is not (null or NullValueNode) || locationDefault is not null;
        return hasDefault && context.Schema.IsSubType(nonNull.OfType, type);
    }
}
