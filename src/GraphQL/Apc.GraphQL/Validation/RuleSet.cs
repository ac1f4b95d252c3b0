namespace Apc.GraphQL.Validation;

/// <summary>Rules in the order in which they see each node, and so the order of their errors.</summary>
internal sealed class RuleSet(params Func<ValidationContext, ValidationRule>[] rules)
{
    private RuleDispatch? _dispatch;

    /// <summary>A fresh instance of each rule: rules remember what they saw of their document.</summary>
    public ValidationRule[] CreateFor(ValidationContext context) => Array.ConvertAll(rules, create => create(context));

    /// <summary>Who looks at what among the instances of this set.</summary>
    public RuleDispatch DispatchFor(ValidationRule[] instances)
        => _dispatch ??= new RuleDispatch(Array.ConvertAll(instances, rule => rule.GetType()));
}
