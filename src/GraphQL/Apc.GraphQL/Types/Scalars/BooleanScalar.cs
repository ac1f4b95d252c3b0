using System.Globalization;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <remarks>https://spec.graphql.org/September2025/#sec-Boolean</remarks>
internal sealed class BooleanScalar() : ScalarType("Boolean", "`true` or `false`.")
{
    // Boxed once: most literals of this type are arguments of directives.
    private static readonly object True = true;
    private static readonly object False = false;

    private static readonly LeafWriters Writers = new LeafWriters().Add<bool>((writer, value) => writer.WriteBoolean(value));

    public override object ParseValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True => True,
        JsonValueKind.False => False,
        _ => throw NotABoolean(Inspect.Json(value)),
    };

    public override object ParseLiteral(ValueNode literal, IVariableValues? variables)
        => literal is BooleanValueNode flag ? flag.Value ? True : False : throw NotABoolean(SyntaxPrinter.Print(literal));

    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case bool flag:
                writer.WriteBoolean(flag);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or decimal:
            case double number when double.IsFinite(number):
            case float single when float.IsFinite(single):
                writer.WriteBoolean(Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0);
                break;
            default:
                throw NotABoolean(Inspect.Value(value));
        }
    }

    public override LeafWriter<T>? WriterFor<T>() => Writers.Find<T>();

    private static CoercionException NotABoolean(string value) => new($"Boolean cannot represent a non boolean value: {value}");
}
