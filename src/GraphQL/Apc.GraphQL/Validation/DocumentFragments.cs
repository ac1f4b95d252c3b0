using System.Collections.Frozen;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation;

/// <summary>The fragments of a document and their spreads. Each result is computed at the first request and kept.</summary>
internal sealed class DocumentFragments(DocumentNode document)
{
    private readonly Dictionary<SelectionSetNode, List<FragmentSpreadNode>> _spreads = [];
    private readonly Dictionary<OperationDefinitionNode, IReadOnlyList<FragmentDefinitionNode>> _reachable = [];
    private IReadOnlyDictionary<string, FragmentDefinitionNode>? _byName;

    /// <summary>True for a document without fragments.</summary>
    public bool IsEmpty => ByName.Count == 0;

    private IReadOnlyDictionary<string, FragmentDefinitionNode> ByName => _byName ??= FindAll();

    /// <summary>The fragment of this name, or null; of several the last.</summary>
    public FragmentDefinitionNode? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>
    /// The spreads at any depth of the set, not those inside the spread fragments. First those of the set itself, then those of the last
    /// nested set, and so on backwards, as in graphql-js: the order decides the order of errors.
    /// </summary>
    public IReadOnlyList<FragmentSpreadNode> SpreadsIn(SelectionSetNode selectionSet)
    {
        if (!_spreads.TryGetValue(selectionSet, out var spreads))
        {
            _spreads.Add(selectionSet, spreads = FindSpreads(selectionSet));
        }

        return spreads;
    }

    /// <summary>The fragments that the operation spreads, directly or through other fragments, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachableFrom(OperationDefinitionNode operation)
    {
        if (IsEmpty)
        {
            return [];
        }

        if (!_reachable.TryGetValue(operation, out var fragments))
        {
            _reachable.Add(operation, fragments = ReachableFrom([operation]));
        }

        return fragments;
    }

    /// <summary>The fragments that any of these operations spreads, directly or through other fragments, each once.</summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachableFrom(IReadOnlyList<OperationDefinitionNode> operations)
    {
        List<FragmentDefinitionNode>? found = null;
        HashSet<string>? seen = null;

        void Add(IReadOnlyList<FragmentSpreadNode> spreads)
        {
            for (var i = 0; i < spreads.Count; i++)
            {
                var name = spreads[i].Name.Value;

                if ((seen ??= new(StringComparer.Ordinal)).Add(name) && Find(name) is { } fragment)
                {
                    (found ??= []).Add(fragment);
                }
            }
        }

        foreach (var operation in operations)
        {
            Add(SpreadsIn(operation.SelectionSet));
        }

        for (var i = 0; i < found?.Count; i++)
        {
            Add(SpreadsIn(found[i].SelectionSet));
        }

        return found ?? (IReadOnlyList<FragmentDefinitionNode>)[];
    }

    private static List<FragmentSpreadNode> FindSpreads(SelectionSetNode selectionSet)
    {
        var spreads = new List<FragmentSpreadNode>();
        var open = new Stack<SelectionSetNode>([selectionSet]);

        while (open.TryPop(out var next))
        {
            for (var i = 0; i < next.Selections.Count; i++)
            {
                switch (next.Selections[i])
                {
                    case FragmentSpreadNode spread:
                        spreads.Add(spread);
                        break;
                    case FieldNode { SelectionSet: { } inner }:
                        open.Push(inner);
                        break;
                    case InlineFragmentNode fragment:
                        open.Push(fragment.SelectionSet);
                        break;
                }
            }
        }

        return spreads;
    }

    private IReadOnlyDictionary<string, FragmentDefinitionNode> FindAll()
    {
        Dictionary<string, FragmentDefinitionNode>? byName = null;

        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment)
            {
                (byName ??= new(StringComparer.Ordinal))[fragment.Name.Value] = fragment;
            }
        }

        return byName ?? (IReadOnlyDictionary<string, FragmentDefinitionNode>)FrozenDictionary<string, FragmentDefinitionNode>.Empty;
    }
}
