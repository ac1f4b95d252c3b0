namespace Apc.GraphQL.Validation;

/// <summary>Rules in the order in which they see each node, which is also the order of their errors.</summary>
internal sealed class RuleSet(params Func<ValidationContext, ValidationRule>[] rules)
{
    private RuleDispatch? _dispatch;

    /// <summary>A new instance of each rule: rules have state for one document.</summary>
    public ValidationRule[] CreateFor(ValidationContext context) => Array.ConvertAll(rules, create => create(context));

    /// <summary>The dispatch for instances of this set.</summary>
    public RuleDispatch DispatchFor(ValidationRule[] instances)
        => _dispatch ??= new RuleDispatch(Array.ConvertAll(instances, rule => rule.GetType()));
}
