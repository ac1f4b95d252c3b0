using System.Text.Json;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>One problem of a value of the request's variables.</summary>
/// <param name="Path">The path below the variable, such as <c>.tags[0]</c>; empty for the value itself.</param>
/// <param name="Value">The JSON value at fault.</param>
/// <param name="Message">The problem, in the words of graphql-js.</param>
public readonly record struct InputProblem(string Path, JsonElement Value, string Message)
{
    /// <summary>The number of characters at the end of the message that suggest names of the schema.</summary>
    internal int SuggestionLength { get; init; }

    /// <summary>The whole message for a variable of this name.</summary>
    public string InVariable(string name)
    {
        var place = Path.Length == 0 ? "" : $" at \"{name}{Path}\"";
        return $"Variable \"${name}\" got invalid value {Inspect.Json(Value)}{place}; {Message}";
    }
}
