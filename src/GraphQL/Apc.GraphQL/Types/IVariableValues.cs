using System.Text.Json;

namespace Apc.GraphQL.Types;

/// <summary>The request's variables, for literals that refer to them.</summary>
public interface IVariableValues
{
    /// <summary>The coerced value; false where the request has no value for the variable and its declaration no default.</summary>
    bool TryGetValue(string name, out object? value);

    /// <summary>The same value as JSON, as custom scalars see variables inside their literals; a default is given as the JSON that means it.</summary>
    bool TryGetJson(string name, out JsonElement value);
}
