using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Remembers the first occurrence of each name. A single name needs no dictionary.</summary>
internal sealed class FirstByName
{
    private NameNode? _only;
    private Dictionary<string, NameNode>? _names;

    /// <summary>The first occurrence of the same name; null for a new name, which is remembered.</summary>
    public NameNode? FindOrAdd(NameNode name)
    {
        if (_names is null)
        {
            if (_only is null)
            {
                _only = name;
                return null;
            }

            _names = new(StringComparer.Ordinal) { [_only.Value] = _only };
        }

        if (_names.TryGetValue(name.Value, out var first))
        {
            return first;
        }

        _names.Add(name.Value, name);
        return null;
    }
}
