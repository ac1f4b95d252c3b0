namespace Apc.GraphQL.Validation.Rules;

internal sealed class OverlappingFieldsCanBeMergedRule(ValidationContext context) : ValidationRule
{
    public ValidationContext Context => context;
}
