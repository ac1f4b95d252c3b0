using System.Text.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Execution.Variables;

/// <summary>The coerced variables of one request.</summary>
internal sealed class VariableValues(VariableDeclaration[] declarations) : IVariableValues
{
    public static readonly VariableValues None = new([]);

    private readonly Variable[] _variables = declarations.Length == 0 ? [] : new Variable[declarations.Length];

    public bool TryGetValue(string name, out object? value)
    {
        var index = IndexOf(name);
        value = index < 0 ? null : _variables[index].Value;
        return index >= 0 && _variables[index].IsGiven;
    }

    public bool TryGetJson(string name, out JsonElement value)
    {
        var index = IndexOf(name);

        if (index < 0 || !_variables[index].IsGiven)
        {
            value = default;
            return false;
        }

        value = _variables[index].Json is { ValueKind: not JsonValueKind.Undefined } given
            ? given
            : JsonLiterals.Parse(declarations[index].Node.DefaultValue!, null, enumsAreTexts: true);
        return true;
    }

    /// <summary>Sets the value of a variable. The JSON is undefined if the value is the declaration's default.</summary>
    public void Set(int index, object? value, JsonElement json) => _variables[index] = new Variable(true, value, json);

    private int IndexOf(string name)
    {
        for (var i = 0; i < declarations.Length; i++)
        {
            if (declarations[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }

    private readonly record struct Variable(bool IsGiven, object? Value, JsonElement Json);
}
