using System.Text;
using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Types;

/// <summary>What a leaf type makes of a value, as one text: the JSON that is written for it, or the message of the refusal.</summary>
internal static class Coerced
{
    public static string Variable(LeafType type, string json)
        => Outcome(() => Written(type, type.ParseValue(JsonElement.Parse(json))!));

    public static string Literal(LeafType type, string literal, IVariableValues? variables = null)
        => Outcome(() => Written(type, type.ParseLiteral(GraphQLParser.ParseValue(literal), variables)!));

    public static string Result(LeafType type, object value) => Outcome(() => Written(type, value));

    public static string Typed<T>(LeafType type, T value) => Outcome(() =>
    {
        using var writer = new JsonWriter();
        type.WriterFor<T>()!(writer, value);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    });

    private static string Written(LeafType type, object value)
    {
        using var writer = new JsonWriter();
        type.Write(writer, value);
        return Encoding.UTF8.GetString(writer.WrittenSpan);
    }

    private static string Outcome(Func<string> coerce)
    {
        try
        {
            return coerce();
        }
        catch (CoercionException e)
        {
            return e.Message;
        }
    }
}
