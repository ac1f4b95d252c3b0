using System.Text.Json;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>One thing that is wrong with a value of the request's variables.</summary>
/// <param name="Path">Where, below the variable: <c>.tags[0]</c>; empty for the value itself.</param>
/// <param name="Value">The JSON value at fault.</param>
/// <param name="Message">What is wrong, in the reference's words.</param>
public readonly record struct InputProblem(string Path, JsonElement Value, string Message)
{
    /// <summary>How many characters at the end of the message suggest names of the schema.</summary>
    internal int SuggestionLength { get; init; }

    /// <summary>The whole message for a variable of this name.</summary>
    public string InVariable(string name)
    {
        var place = Path.Length == 0 ? "" : $" at \"{name}{Path}\"";
        return $"Variable \"${name}\" got invalid value {Inspect.Json(Value)}{place}; {Message}";
    }
}
