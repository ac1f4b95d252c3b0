using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Apc.GraphQL.Types;

/// <summary>
/// A dictionary by name that keeps the order of definition. Of entries with the same name a search finds the first; all are listed.
/// </summary>
internal sealed class OrderedByName<T> : IReadOnlyDictionary<string, T>
{
    private readonly T[] _values;
    private readonly string[] _names;
    private readonly Dictionary<string, T> _byName = new(StringComparer.Ordinal);

    internal OrderedByName(IEnumerable<T> values, Func<T, string> nameOf)
    {
        _values = [.. values];
        _names = [.. _values.Select(nameOf)];

        for (var i = 0; i < _values.Length; i++)
        {
            _byName.TryAdd(_names[i], _values[i]);
        }
    }

    public IEnumerable<string> Keys => _names;

    public IEnumerable<T> Values => _values;

    public int Count => _values.Length;

    public T this[string key] => _byName[key];

    public bool ContainsKey(string key) => _byName.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _byName.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, T>> GetEnumerator()
    {
        for (var i = 0; i < _values.Length; i++)
        {
            yield return new KeyValuePair<string, T>(_names[i], _values[i]);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal static class OrderedByName
{
    public static OrderedByName<T> From<T>(IEnumerable<T> values, Func<T, string> nameOf) => new(values, nameOf);
}
