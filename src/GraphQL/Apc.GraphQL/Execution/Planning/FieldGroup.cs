using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The merged selections of one response name, mostly only one.</summary>
internal sealed class FieldGroup(FieldNode first)
{
    private List<FieldNode>? _further;

    public FieldNode First { get; } = first;

    public string ResponseName { get; } = first.ResponseName;

    public int Count => 1 + (_further?.Count ?? 0);

    /// <summary>All of them, in the order of the text.</summary>
    public IReadOnlyList<FieldNode> Nodes => _further is null ? [First] : [First, .. _further];

    public void Add(FieldNode node) => (_further ??= []).Add(node);

    /// <summary>CollectSubfields: the selection sets of all merged fields, to be merged too.</summary>
    public SelectionSetNode[] SelectionSetsBelow()
    {
        var selectionSets = new SelectionSetNode[Count];
        selectionSets[0] = Below(First);

        for (var i = 1; i < selectionSets.Length; i++)
        {
            selectionSets[i] = Below(_further![i - 1]);
        }

        return selectionSets;
    }

    private static SelectionSetNode Below(FieldNode node)
        => node.SelectionSet ?? throw new InvalidOperationException("Validation lets no composite field pass without a selection.");
}
