using System.Text.Json;

namespace Apc.GraphQL.Types;

/// <summary>The request's variables, for literals that refer to them.</summary>
public interface IVariableValues
{
    /// <summary>The coerced value; false if the request has no value for the variable and its declaration no default.</summary>
    bool TryGetValue(string name, out object? value);

    /// <summary>
    /// The same value as JSON, for variables inside the literal of a custom scalar; the default of a variable is converted to JSON. False
    /// as for <see cref="TryGetValue"/>.
    /// </summary>
    bool TryGetJson(string name, out JsonElement value);
}
