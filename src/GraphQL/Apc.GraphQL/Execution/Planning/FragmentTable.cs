using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The fragments of a document by name. Most documents have few or none.</summary>
internal sealed class FragmentTable
{
    private readonly Dictionary<string, FragmentDefinitionNode>? _fragments;

    public FragmentTable(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment)
            {
                (_fragments ??= new(StringComparer.Ordinal)).TryAdd(fragment.Name.Value, fragment);
            }
        }
    }

    /// <summary>True if the document has no fragments: then there is only one way to each selection set.</summary>
    public bool IsEmpty => _fragments is null;

    public FragmentDefinitionNode? Find(string name) => _fragments?.GetValueOrDefault(name);
}
