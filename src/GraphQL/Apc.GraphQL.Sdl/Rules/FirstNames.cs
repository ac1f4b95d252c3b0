using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Remembers where each name of each owner stood first, wherever in the document its parts stand.</summary>
internal sealed class FirstNames
{
    private readonly Dictionary<(string Owner, string Name), NameNode> _first = [];

    /// <summary>Where the owner's name stood before, or null for a name that is new, which is then remembered.</summary>
    public NameNode? FindOrAdd(string owner, NameNode name)
        => _first.TryAdd((owner, name.Value), name) ? null : _first[(owner, name.Value)];
}
