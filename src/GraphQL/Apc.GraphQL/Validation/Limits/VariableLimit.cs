using System.Text.Json;
using Apc.GraphQL.Errors;

namespace Apc.GraphQL.Validation.Limits;

/// <summary>
/// Checks the limit of a request's variables before they are coerced: each value costs an object, each wrong value an error and an
/// exception.
/// </summary>
internal static class VariableLimit
{
    /// <summary>Fewest bytes of a value with its separator.</summary>
    private const int LeastBytes = 2;

    /// <summary>The error of variables with too many values; null if they are within the limit or are not JSON.</summary>
    public static GraphQLError? Check(ReadOnlySpan<byte> json, DocumentLimits limits, OptionNames? names = null)
        => json.Length / LeastBytes > limits.MaxVariableValues && Exceeds(json, limits.MaxVariableValues)
            ? LimitErrors.Create(
                "The variables hold too many values",
                limits.MaxVariableValues,
                nameof(DocumentLimits.MaxVariableValues),
                names)
            : null;

    private static bool Exceeds(ReadOnlySpan<byte> json, int most)
    {
        var reader = new Utf8JsonReader(json);
        // The outermost object is not counted.
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
            // The coercion of the variables reports it.
        }

        return false;
    }
}
