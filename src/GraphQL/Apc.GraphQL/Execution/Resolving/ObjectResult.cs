using Apc.GraphQL.Execution.Planning;

namespace Apc.GraphQL.Execution.Resolving;

/// <summary>An object below which something had to be resolved.</summary>
/// <param name="plan">What is selected of it.</param>
/// <param name="source">The object; null at the root.</param>
internal sealed class ObjectResult(SelectionPlan plan, object? source)
{
    public SelectionPlan Plan { get; } = plan;

    public object? Source { get; } = source;

    /// <summary>
    /// For each of <see cref="SelectionPlan.Resolved"/> the value: as the resolver gave it, or with <see cref="ObjectResult"/>,
    /// <see cref="ListResult"/> and <see cref="FieldFailure"/> in its place.
    /// </summary>
    public object?[] Slots { get; } = plan.NeedsResolve ? new object?[plan.Resolved.Length] : [];
}

/// <summary>A list below which something had to be resolved.</summary>
internal sealed class ListResult(object?[] elements)
{
    /// <summary>Each element as a slot holds it.</summary>
    public object?[] Elements { get; } = elements;
}
