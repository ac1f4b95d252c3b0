using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.ControlPlane.Api.Common.Payloads;

/// <summary>Which values a member of a payload may have.</summary>
public enum PayloadKind
{
    /// <summary>A text, or null.</summary>
    TextOrNull,

    /// <summary>A text.</summary>
    Text,

    /// <summary>True or false.</summary>
    Flag,
}

/// <summary>
/// A JSON object in which clients send changes: its members, and what is wrong with it. The last of repeated members counts.
/// </summary>
public sealed class Payload
{
    private readonly Dictionary<string, JsonElement> _given = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, bool> _unknown = new(StringComparer.Ordinal);
    private readonly List<string> _wrong = [];

    private Payload(bool isObject) => IsObject = isObject;

    /// <summary>Whether the JSON value is an object.</summary>
    public bool IsObject { get; }

    /// <summary>Members that it must not have, each once. Their number and length are not limited.</summary>
    public IReadOnlyList<string> Unknown => _unknown.Keys;

    /// <summary>Members whose values are not of their kind, each once.</summary>
    public IReadOnlyList<string> Wrong => _wrong;

    public static Payload Read(JsonElement json, params ReadOnlySpan<(string Name, PayloadKind Kind)> members)
    {
        var payload = new Payload(json.ValueKind is JsonValueKind.Object);

        if (payload.IsObject)
        {
            foreach (var member in json.EnumerateObject())
            {
                payload.Take(JsonStrings.NameOf(member), member.Value, members);
            }
        }

        return payload;
    }

    /// <summary>Whether the member was given; null counts too.</summary>
    public bool Has(string member) => _given.ContainsKey(member);

    /// <summary>The text of the member; null if it was not given, or given as null.</summary>
    public string? Text(string member)
        => _given.TryGetValue(member, out var value) && value.ValueKind is JsonValueKind.String ? JsonStrings.TextOf(value) : null;

    /// <summary>The value of the member; null if it was not given.</summary>
    public bool? Flag(string member) => _given.TryGetValue(member, out var value) ? value.ValueKind is JsonValueKind.True : null;

    private void Take(string name, JsonElement value, ReadOnlySpan<(string Name, PayloadKind Kind)> members)
    {
        foreach (var (known, kind) in members)
        {
            if (known == name)
            {
                _given[name] = value;
                _wrong.Remove(name);

                if (!Fits(value.ValueKind, kind))
                {
                    _wrong.Add(name);
                }

                return;
            }
        }

        _unknown.TryAdd(name, true);
    }

    private static bool Fits(JsonValueKind given, PayloadKind wanted) => wanted switch
    {
        PayloadKind.Flag => given is JsonValueKind.True or JsonValueKind.False,
        PayloadKind.Text => given is JsonValueKind.String,
        _ => given is JsonValueKind.String or JsonValueKind.Null,
    };
}
