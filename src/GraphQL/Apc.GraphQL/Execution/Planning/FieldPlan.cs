using Apc.GraphQL.Execution.Writing;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>One member of a response object: all selections of one response name, merged.</summary>
internal sealed class FieldPlan
{
    /// <summary>What holds for the field in every document.</summary>
    public required FieldTemplate Template { get; init; }

    /// <summary>Where the document selects it.</summary>
    public required FieldGroup Group { get; init; }

    /// <summary>What is written before the value (see <see cref="FieldTemplate.PrefixFor"/>).</summary>
    public required byte[] Prefix { get; init; }

    /// <summary>How the member is written.</summary>
    public required FieldWriter Writer { get; init; }

    /// <summary>What becomes of the value.</summary>
    public required Completion Completion { get; init; }

    /// <summary>What is selected of the value.</summary>
    public required FieldSelection Selection { get; init; }

    /// <summary>The arguments; null for a field without a delegate, which takes none.</summary>
    public ArgumentsPlan? Arguments { get; init; }

    /// <summary>The field's place among the resolved values of its object; -1 for a field that is read while it is written.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>True where the field, or something below it, takes part in the resolve phase.</summary>
    public bool IsResolved => Slot >= 0;

    /// <summary>The member's name in the response.</summary>
    public string ResponseName => Group.ResponseName;

    /// <summary>The root field of a subscription while its source stream is made: the stream is the value, and nothing is selected of it.</summary>
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
