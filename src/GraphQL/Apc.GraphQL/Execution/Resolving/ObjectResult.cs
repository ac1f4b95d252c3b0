using Apc.GraphQL.Execution.Planning;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>An object with members that take part in the resolve phase.</summary>
/// <param name="plan">The selection on it.</param>
/// <param name="source">The object; null at the root.</param>
internal sealed class ObjectResult(SelectionPlan plan, object? source)
{
    public SelectionPlan Plan { get; } = plan;

    public object? Source { get; } = source;

    /// <summary>
    /// The values of <see cref="SelectionPlan.Resolved"/>: as returned by the resolver, or an <see cref="ObjectResult"/>,
    /// <see cref="ListResult"/> or <see cref="FieldFailure"/> instead.
    /// </summary>
    public object?[] Slots { get; } = plan.NeedsResolve ? new object?[plan.Resolved.Length] : [];
}

/// <summary>A list whose elements take part in the resolve phase.</summary>
internal sealed class ListResult(object?[] elements)
{
    /// <summary>The elements, each as in <see cref="ObjectResult.Slots"/>.</summary>
    public object?[] Elements { get; } = elements;
}
