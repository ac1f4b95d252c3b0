using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Conversions from the types of coerced scalar values to the types of C# parameters and properties.</summary>
internal static class Conversions
{
    /// <exception cref="CoercionException">The value is out of the type's range or not a value of the type.</exception>
    /// <exception cref="InvalidOperationException">There is no conversion between the two types.</exception>
    public static object To(Type type, object value)
    {
        if (type.IsInstanceOfType(value))
        {
            return value;
        }

        return value switch
        {
            int or double when type.IsPrimitive || type == typeof(decimal) => Number(type, value),
            string text when type == typeof(Guid) => Guid.TryParse(text, out var id)
                ? id
                : throw new CoercionException($"ID cannot represent value: \"{text}\""),
            string text when type == typeof(Uri) => Uri.TryCreate(text, UriKind.RelativeOrAbsolute, out var uri)
                ? uri
                : throw new CoercionException($"String is no URI: \"{text}\""),
            string { Length: 1 } text when type == typeof(char) => text[0],
            string text when type == typeof(char) => throw new CoercionException($"String is no single character: \"{text}\""),
            DateTimeOffset instant when type == typeof(DateTime) => instant.UtcDateTime,
            JsonElement json when type == typeof(byte[]) => JsonMarshal.GetRawUtf8Value(json).ToArray(),
            JsonElement json when type == typeof(JsonDocument) => JsonDocument.Parse(JsonMarshal.GetRawUtf8Value(json).ToArray()),
            _ => throw new InvalidOperationException(
                $"The scalar gives a {Display.Of(value.GetType())}, but a {Display.Of(type)} is wanted. Say how to convert in AddScalar."),
        };
    }

    private static object Number(Type type, object value)
    {
        try
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw new CoercionException($"{value} is out of range for {type.Name}.");
        }
    }
}
