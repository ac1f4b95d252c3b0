using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Remembers where each name stood first. Costs nothing until a second name comes.</summary>
internal sealed class FirstByName
{
    private NameNode? _only;
    private Dictionary<string, NameNode>? _names;

    /// <summary>Where the same name stood before, or null for a name that is new, which is then remembered.</summary>
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
