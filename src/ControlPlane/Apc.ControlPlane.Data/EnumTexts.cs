using System.Text.Json;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Apc.ControlPlane.Data;

/// <summary>The texts under which enum values are stored: <c>ServiceAccount</c> as <c>SERVICE_ACCOUNT</c>.</summary>
public static class EnumTexts
{
    public static string Of<TEnum>(TEnum value)
        where TEnum : struct, Enum
        => Cache<TEnum>.Texts[value];

    /// <summary>The value of a stored text.</summary>
    /// <exception cref="KeyNotFoundException">No value has that text.</exception>
    public static TEnum Parse<TEnum>(string text)
        where TEnum : struct, Enum
        => Cache<TEnum>.Values[text];

    private static class Cache<TEnum>
        where TEnum : struct, Enum
    {
        public static readonly Dictionary<TEnum, string> Texts
            = Enum.GetValues<TEnum>().ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

        public static readonly Dictionary<string, TEnum> Values = Texts.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}

internal sealed class EnumTextConverter<TEnum>()
    : ValueConverter<TEnum, string>(value => EnumTexts.Of(value), text => EnumTexts.Parse<TEnum>(text))
    where TEnum : struct, Enum;
