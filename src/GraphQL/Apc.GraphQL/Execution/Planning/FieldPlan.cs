using Apc.GraphQL.Execution.Writing;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>One member of a response object: the merged selections of one response name.</summary>
internal sealed class FieldPlan
{
    /// <summary>The part that does not depend on the document.</summary>
    public required FieldTemplate Template { get; init; }

    /// <summary>The selections in the document.</summary>
    public required FieldGroup Group { get; init; }

    /// <summary>The bytes before the value (see <see cref="FieldTemplate.PrefixFor"/>).</summary>
    public required byte[] Prefix { get; init; }

    /// <summary>How the member is written.</summary>
    public required FieldWriter Writer { get; init; }

    /// <summary>How the value is completed.</summary>
    public required Completion Completion { get; init; }

    /// <summary>The selection below the field.</summary>
    public required FieldSelection Selection { get; init; }

    /// <summary>The arguments; null for a field without a delegate, which has none.</summary>
    public ArgumentsPlan? Arguments { get; init; }

    /// <summary>The field's place among the resolved values of its object; -1 for a field that is read while it is written.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>True if the field, or something below it, takes part in the resolve phase.</summary>
    public bool IsResolved => Slot >= 0;

    /// <summary>The member's name in the response.</summary>
    public string ResponseName => Group.ResponseName;

    /// <summary>
    /// The plan to create the source stream of a subscription's root field: the value is the stream itself, without a selection.
    /// </summary>
    public FieldPlan AsSource() => new()
    {
        Template = Template,
        Group = Group,
        Prefix = Prefix,
        Writer = Writer,
        Completion = SourceCompletion.Instance,
        Selection = Selection,
        Arguments = Arguments,
        Slot = Slot,
    };
}
