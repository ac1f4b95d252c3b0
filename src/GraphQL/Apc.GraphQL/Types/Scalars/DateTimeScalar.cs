using System.Globalization;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>
/// Instants as RFC 3339 texts. Any offset is read; results are in UTC with milliseconds. Coerced values are <see cref="DateTimeOffset"/> in
/// UTC; digits below 100 nanoseconds are dropped.
/// </summary>
public sealed class DateTimeScalar() : ScalarType(
    "DateTime",
    "An instant as RFC 3339 text, such as `2026-01-02T03:04:05.678Z`.",
    "https://scalars.graphql.org/andimarek/date-time")
{
    // The most frequent one first. The offset is required: a time without offset is not an instant.
    private static readonly string[] Formats =
    [
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    private static readonly LeafWriters Writers = new LeafWriters()
        .Add<DateTimeOffset>((writer, value) => writer.WriteString(value))
        .Add<DateTime>(Write);

    /// <inheritdoc/>
    public override object ParseValue(JsonElement value)
        => value.ValueKind == JsonValueKind.String && TryParse(JsonStrings.TextOf(value), out var instant)
            ? instant
            : throw NotAnInstant(Inspect.Json(value));

    /// <inheritdoc/>
    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
        => literal is StringValueNode text && TryParse(text.Value, out var instant)
            ? instant
            : throw NotAnInstant(SyntaxPrinter.Print(literal));

    /// <inheritdoc/>
    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case DateTimeOffset instant:
                writer.WriteString(instant);
                break;
            case DateTime time:
                Write(writer, time);
                break;
            default:
                throw NotAnInstant(Inspect.Value(value));
        }
    }

    /// <inheritdoc/>
    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    private static bool TryParse(string text, out DateTimeOffset instant)
    {
        instant = default;
        return HasOffset(text)
            && DateTimeOffset.TryParseExact(
                Shorten(text.ToUpperInvariant()),
                Formats,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AdjustToUniversal,
                out instant);
    }

    private static bool HasOffset(string text)
        => text.Length >= 20 && (text[^1] is 'Z' or 'z' || (text[^3] == ':' && text[^6] is '+' or '-'));

    /// <summary>The text with at most seven digits after the point: a tick has seven.</summary>
    private static string Shorten(string text)
    {
        const int Point = 19;

        if (text[Point] != '.')
        {
            return text;
        }

        var end = Point + 1;

        while (end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }

        return end - Point > 8 ? text.Remove(Point + 8, end - Point - 8) : text;
    }

    private static void Write(JsonWriter writer, DateTime value)
        => writer.WriteString(value.Kind == DateTimeKind.Unspecified
            ? throw NotAnInstant($"{Inspect.Value(value)} (without time zone)")
            : new DateTimeOffset(value));

    private static CoercionException NotAnInstant(string value)
        => new($"DateTime cannot represent a value that is no RFC 3339 instant: {value}");
}
