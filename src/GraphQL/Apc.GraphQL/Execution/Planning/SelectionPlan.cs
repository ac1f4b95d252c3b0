using Apc.GraphQL.Types;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>What a document selects of one object type at one place: the members of the response object, in order.</summary>
internal sealed class SelectionPlan(ObjectType type, FieldPlan[] fields)
{
    /// <summary>The type of the object.</summary>
    public ObjectType Type { get; } = type;

    /// <summary>All members in the order of the response.</summary>
    public FieldPlan[] Fields { get; } = fields;

    /// <summary>The members that are resolved before writing, each at the index that its <see cref="FieldPlan.Slot"/> names.</summary>
    public FieldPlan[] Resolved { get; } = Array.FindAll(fields, f => f.IsResolved);

    /// <summary>True where something below must be resolved before it can be written.</summary>
    public bool NeedsResolve => Resolved.Length > 0;
}
