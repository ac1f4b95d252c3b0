using System.Globalization;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <remarks>https://spec.graphql.org/September2025/#sec-ID</remarks>
internal sealed class IdScalar() : TextScalar("ID", "An identifier. It is answered as text and may be given as text or whole number.")
{
    private static readonly LeafWriters Writers = new LeafWriters()
        .Add((writer, value) => writer.WriteString(value))
        .Add<Guid>((writer, value) => writer.WriteString(value))
        .Add<int>((writer, value) => WriteQuoted(writer, value))
        .Add<long>((writer, value) => WriteQuoted(writer, value));

    public override object ParseValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => JsonStrings.TextOf(value),
        // Keep the digits as sent: a 64-bit id must not be rounded to a double.
        JsonValueKind.Number when value.TryGetInt64(out var integer) => integer.ToString(CultureInfo.InvariantCulture),
        JsonValueKind.Number when value.GetDouble() is var number && double.IsInteger(number) => JavaScriptNumber.Text(number),
        _ => throw new CoercionException($"ID cannot represent value: {Inspect.Json(value)}"),
    };

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables) => literal switch
    {
        StringValueNode text => text.Value,
        IntValueNode integer => integer.Value,
        _ => throw new CoercionException($"ID cannot represent a non-string and non-integer value: {SyntaxPrinter.Print(literal)}"),
    };

    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    protected override string? FormatOf(object value) => value switch
    {
        sbyte or byte or short or ushort or int or uint or long or ulong
            => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        double number when double.IsInteger(number) => JavaScriptNumber.Text(number),
        _ => null,
    };

    private static void WriteQuoted(JsonWriter writer, long value)
    {
        writer.WriteByte((byte)'"');
        writer.WriteNumber(value);
        writer.WriteByte((byte)'"');
    }
}
