using System.Text.Json;
using Apc.GraphQL.Errors;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// Holds the variables of a request against their limit before they are coerced: each value costs an object, and where it is wrong an error and an
/// exception.
/// </summary>
internal static class VariableLimit
{
    /// <summary>The least that a value and what separates it from the next takes.</summary>
    private const int LeastBytes = 2;

    /// <summary>The error of variables with too many values; null where they keep to the limit, or are no JSON.</summary>
    public static GraphQLError? Check(ReadOnlySpan<byte> json, DocumentLimits limits, OptionNames? names = null)
        => json.Length / LeastBytes > limits.MaxVariableValues && Exceeds(json, limits.MaxVariableValues)
            ? LimitErrors.Create("The variables hold too many values", limits.MaxVariableValues, nameof(DocumentLimits.MaxVariableValues), names)
            : null;

    private static bool Exceeds(ReadOnlySpan<byte> json, int most)
    {
        var reader = new Utf8JsonReader(json);
        // The object around them is no value.
        var values = -1;

        try
        {
            while (reader.Read())
            {
                var isValue = reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.EndObject or JsonTokenType.EndArray);

                if (isValue && ++values > most)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Whoever reads them next says so.
        }

        return false;
    }
}
