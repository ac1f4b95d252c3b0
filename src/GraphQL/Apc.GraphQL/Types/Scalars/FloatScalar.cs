using System.Globalization;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <remarks>https://spec.graphql.org/September2025/#sec-Float</remarks>
internal sealed class FloatScalar() : ScalarType("Float", "A number of double precision (IEEE 754), never infinite.")
{
    private static readonly LeafWriters Writers = new LeafWriters()
        .Add<double>(Write)
        .Add<float>(Write)
        .Add<decimal>((writer, value) => writer.WriteNumber(value))
        .Add<int>((writer, value) => writer.WriteNumber(value))
        .Add<long>((writer, value) => writer.WriteNumber(value));

    public override object ParseValue(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number && value.GetDouble() is var number && double.IsFinite(number))
        {
            return number;
        }

        throw NotANumber(Inspect.Json(value));
    }

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables) => literal switch
    {
        IntValueNode integer => double.Parse(integer.Value, CultureInfo.InvariantCulture),
        FloatValueNode number => double.Parse(number.Value, CultureInfo.InvariantCulture),
        _ => throw NotANumber(SyntaxPrinter.Print(literal)),
    };

    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case double number:
                Write(writer, number);
                break;
            case float number:
                Write(writer, number);
                break;
            case decimal number:
                writer.WriteNumber(number);
                break;
            case bool flag:
                writer.WriteNumber(flag ? 1 : 0);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                writer.WriteNumber(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case ulong number:
                writer.WriteNumber((decimal)number);
                break;
            case string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
                && double.IsFinite(number):
                writer.WriteNumber(number);
                break;
            default:
                throw NotANumber(Inspect.Value(value));
        }
    }

    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    private static void Write(JsonWriter writer, double value)
    {
        if (!double.IsFinite(value))
        {
            throw NotANumber(Inspect.Value(value));
        }

        writer.WriteNumber(value);
    }

    private static void Write(JsonWriter writer, float value)
    {
        if (!float.IsFinite(value))
        {
            throw NotANumber(Inspect.Value(value));
        }

        writer.WriteNumber(value);
    }

    private static CoercionException NotANumber(string value) => new($"Float cannot represent non numeric value: {value}");
}
