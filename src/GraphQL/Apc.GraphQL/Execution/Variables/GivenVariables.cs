using System.Text.Json;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>
/// The variables of a request by name; of several with the same name the last. For few searches each reads the members, for many searches
/// an index is built once.
/// </summary>
internal readonly struct GivenVariables
{
    // Each search without an index reads all members.
    private const int WorthAnIndex = 16;

    private readonly JsonElement _given;
    private readonly Dictionary<string, JsonElement>? _index;

    /// <param name="given">A JSON object; any other value means no variables.</param>
    /// <param name="searches">The expected number of calls of <see cref="TryGet"/>.</param>
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

    /// <summary>The value of this name; false if it is not given.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        value = default;
        return _index is not null ? _index.TryGetValue(name, out value) : JsonStrings.TryGetMember(_given, name, out value);
    }
}
