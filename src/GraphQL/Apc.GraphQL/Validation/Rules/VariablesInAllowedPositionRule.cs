using Apc.GraphQL.Errors;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Validation.Rules;

/// <summary>
/// All Variable Usages Are Allowed: the type of a variable fits every place that uses it.
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

    /// <summary>The errors of one use; null if there are none.</summary>
    private List<GraphQLError>? ErrorsOf(VariableUsage usage, DeclaredVariables declared)
        => usage.Type is { } expected && declared.Find(usage.Name) is { } definition && context.Schema.TypeOf(definition.Type) is { } type
            ? ErrorsOf(usage, expected, definition, type)
            : null;

    private List<GraphQLError>? ErrorsOf(
        VariableUsage usage, GraphQLType expected, VariableDefinitionNode definition, GraphQLType type)
    {
        List<GraphQLError>? errors = null;

        if (!IsAllowed(type, definition.DefaultValue, expected, usage.DefaultValue))
        {
            (errors ??= []).Add(new GraphQLError(
                $"Variable \"${usage.Name}\" of type \"{type}\" used in position expecting type \"{expected}\".")
            {
                Nodes = [definition, usage.Variable],
            });
        }

        // As in graphql-js, this does not check fields of a non-null OneOf object or of one in a list: execution refuses null there.
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

    /// <summary>
    /// IsVariableUsageAllowed: a nullable variable may be used for a non-null type if the variable or the place has a default.
    /// </summary>
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
