using System.Globalization;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <remarks>https://spec.graphql.org/September2025/#sec-Int</remarks>
internal sealed class IntScalar() : ScalarType("Int", "A whole number from -2147483648 to 2147483647.")
{
    private static readonly LeafWriters Writers = new LeafWriters()
        .Add<int>((writer, value) => writer.WriteNumber(value))
        .Add<short>((writer, value) => writer.WriteNumber(value))
        .Add<ushort>((writer, value) => writer.WriteNumber(value))
        .Add<byte>((writer, value) => writer.WriteNumber(value))
        .Add<sbyte>((writer, value) => writer.WriteNumber(value))
        .Add<long>((writer, value) => WriteChecked(writer, value))
        .Add<uint>((writer, value) => WriteChecked(writer, value))
        .Add<bool>((writer, value) => writer.WriteNumber(value ? 1 : 0));

    public override object ParseValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
        {
            if (value.TryGetInt32(out var integer))
            {
                return integer;
            }

            // 1.0 and 1e3 are whole numbers too.
            var number = value.GetDouble();

            if (double.IsInteger(number))
            {
                return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw OutOfRange(JavaScriptNumber.Text(number));
            }
        }

        throw NotAnInteger(Inspect.Json(value));
    }

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
    {
        if (literal is not IntValueNode integer)
        {
            throw NotAnInteger(SyntaxPrinter.Print(literal));
        }

        return int.TryParse(integer.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw OutOfRange(integer.Value);
    }

    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case int integer:
                writer.WriteNumber(integer);
                break;
            case bool flag:
                writer.WriteNumber(flag ? 1 : 0);
                break;
            case string text when text.Length > 0:
                WriteChecked(writer, NumberOf(text), text);
                break;
            case sbyte or byte or short or ushort or uint or long or ulong or float or double or decimal:
                WriteChecked(writer, Convert.ToDouble(value, CultureInfo.InvariantCulture), value);
                break;
            default:
                throw NotAnInteger(Inspect.Value(value));
        }
    }

    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    private static double NumberOf(string text)
        => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    private static void WriteChecked(JsonWriter writer, long value)
    {
        if (value is < int.MinValue or > int.MaxValue)
        {
            throw OutOfRange(value.ToString(CultureInfo.InvariantCulture));
        }

        writer.WriteNumber(value);
    }

    private static void WriteChecked(JsonWriter writer, double number, object value)
    {
        if (!double.IsInteger(number))
        {
            throw NotAnInteger(Inspect.Value(value));
        }

        if (number is < int.MinValue or > int.MaxValue)
        {
            throw OutOfRange(Inspect.Value(value));
        }

        writer.WriteNumber((long)number);
    }

    private static CoercionException NotAnInteger(string value) => new($"Int cannot represent non-integer value: {value}");

    private static CoercionException OutOfRange(string value) => new($"Int cannot represent non 32-bit signed integer value: {value}");
}
