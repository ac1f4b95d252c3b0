using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>The variables of a request by name; of several with one name the last. For a few declarations they are looked for one by one, for many all are read once.</summary>
internal readonly struct GivenVariables
{
    // Each search reads the members from the end.
    private const int WorthAnIndex = 16;

    private readonly JsonElement _given;
    private readonly Dictionary<string, JsonElement>? _index;

    /// <param name="given">An object; anything else gives no variables.</param>
    /// <param name="searches">How often will be looked.</param>
    public GivenVariables(JsonElement given, int searches)
    {
        _given = given;

        if (searches >= WorthAnIndex && given.ValueKind == JsonValueKind.Object)
        {
            _index = new(StringComparer.Ordinal);

            foreach (var member in given.EnumerateObject())
            {
                _index[JsonStrings.NameOf(member)] = member.Value;
            }
        }
    }

    /// <summary>The value of this name; false where it is not given.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _index is not null ? _index.TryGetValue(name, out value) : JsonStrings.TryGetMember(_given, name, out value);
    }
}
