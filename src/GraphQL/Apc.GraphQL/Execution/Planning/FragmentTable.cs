using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Planning;

/// <summary>The fragments of a document by name. Most documents have none or few.</summary>
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

    /// <summary>False where no selection set can be reached on two ways.</summary>
    public bool IsEmpty => _fragments is null;

    public FragmentDefinitionNode? Find(string name) => _fragments?.GetValueOrDefault(name);
}
