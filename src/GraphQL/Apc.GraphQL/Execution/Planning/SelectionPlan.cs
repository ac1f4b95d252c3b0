using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The selection on one object type at one place of the document: the members of the response object, in order.</summary>
internal sealed class SelectionPlan(ObjectType type, FieldPlan[] fields)
{
    /// <summary>The type of the object.</summary>
    public ObjectType Type { get; } = type;

    /// <summary>All members in the order of the response.</summary>
    public FieldPlan[] Fields { get; } = fields;

    /// <summary>The members that take part in the resolve phase, each at the index <see cref="FieldPlan.Slot"/>.</summary>
    public FieldPlan[] Resolved { get; } = Array.FindAll(fields, f => f.IsResolved);

    /// <summary>True if the object has such members.</summary>
    public bool NeedsResolve => Resolved.Length > 0;
}
