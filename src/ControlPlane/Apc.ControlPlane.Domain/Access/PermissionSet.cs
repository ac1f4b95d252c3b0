namespace Apc.ControlPlane.Domain.Access;

/// <summary>An immutable set of permissions, one bit each.</summary>
public sealed class PermissionSet
{
    public static readonly PermissionSet Empty = new([]);

    private readonly ulong[] _words;

    private PermissionSet(ulong[] words)
    {
        _words = words;
    }

    /// <summary>The names in the set, sorted.</summary>
    public IEnumerable<string> Names
        => Permission.All.Where(Contains).Select(p => p.Name).Order(StringComparer.Ordinal);

    public static PermissionSet Of(IEnumerable<Permission> permissions)
    {
        var bits = permissions.Select(p => p.Bit).ToArray();
        var words = new ulong[bits.Length == 0 ? 0 : (bits.Max() >> 6) + 1];

        foreach (var bit in bits)
        {
            words[bit >> 6] |= 1UL << bit;
        }

        return new PermissionSet(words);
    }

    public bool Contains(Permission permission)
    {
        var word = permission.Bit >> 6;
        return word < _words.Length && (_words[word] & (1UL << permission.Bit)) != 0;
    }

    /// <summary>Whether everything in the other set is in this one.</summary>
    public bool Contains(PermissionSet other)
    {
        for (var i = 0; i < other._words.Length; i++)
        {
            if ((other._words[i] & ~(i < _words.Length ? _words[i] : 0)) != 0)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>What is in this set and not in the other.</summary>
    public PermissionSet Except(PermissionSet other)
    {
        var words = _words.ToArray();

        for (var i = 0; i < Math.Min(words.Length, other._words.Length); i++)
        {
            words[i] &= ~other._words[i];
        }

        return new PermissionSet(words);
    }

    /// <summary>What is in this set or in the other.</summary>
    public PermissionSet Union(PermissionSet other)
    {
        var (longer, shorter) = _words.Length >= other._words.Length ? (_words, other._words) : (other._words, _words);
        var words = longer.ToArray();

        for (var i = 0; i < shorter.Length; i++)
        {
            words[i] |= shorter[i];
        }

        return new PermissionSet(words);
    }
}
