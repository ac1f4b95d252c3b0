using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Sdl.Rules;

/// <summary>Remembers the first occurrence of each name of each owner, such as a type and its extensions.</summary>
internal sealed class FirstNames
{
    private readonly Dictionary<(string Owner, string Name), NameNode> _first = [];

    /// <summary>The first occurrence of the owner's name; null for a new name, which is remembered.</summary>
    public NameNode? FindOrAdd(string owner, NameNode name)
        => _first.TryAdd((owner, name.Value), name) ? null : _first[(owner, name.Value)];
}
