using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>Converts literals to JSON.</summary>
internal sealed class JsonLiterals(JsonWriter writer, IVariableValues? variables, bool enumsAreTexts)
{
    // At least the deepest nesting that the parser's options allow.
    private const int MaxDepth = 1_000;

    /// <exception cref="CoercionException">The literal contains an enum value, and <paramref name="enumsAreTexts"/> is false.</exception>
    public static JsonElement Parse(ValueNode literal, IVariableValues? variables, bool enumsAreTexts)
    {
        using var writer = new JsonWriter(256);
        new JsonLiterals(writer, variables, enumsAreTexts).Write(literal);
        return JsonElement.Parse(writer.WrittenSpan, new JsonDocumentOptions { MaxDepth = MaxDepth });
    }

    private void Write(ValueNode literal)
    {
        switch (literal)
        {
            case StringValueNode text:
                writer.WriteString(text.Value);
                break;
            case IntValueNode integer:
                writer.WriteAscii(integer.Value);
                break;
            case FloatValueNode number:
                writer.WriteAscii(number.Value);
                break;
            case EnumValueNode member when enumsAreTexts:
                writer.WriteString(member.Value);
                break;
            case BooleanValueNode flag:
                writer.WriteBoolean(flag.Value);
                break;
            case NullValueNode:
                writer.WriteNull();
                break;
            case VariableNode variable:
                JsonResults.WriteElement(writer, ValueOf(variable) ?? default);
                break;
            case ListValueNode list:
                WriteList(list);
                break;
            case ObjectValueNode members:
                WriteObject(members);
                break;
            default:
                throw new CoercionException($"JSON cannot represent value: {SyntaxPrinter.Print(literal)}");
        }
    }

    private void WriteList(ListValueNode list)
    {
        var separator = (byte)'[';

        foreach (var element in list.Values)
        {
            writer.WriteByte(separator);
            Write(element);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '[' ? "[]"u8 : "]"u8);
    }

    private void WriteObject(ObjectValueNode members)
    {
        var separator = (byte)'{';

        foreach (var member in members.Fields)
        {
            // A member whose variable has no value is left out, as in every input object.
            if (member.Value is VariableNode variable && variables is not null && ValueOf(variable) is null)
            {
                continue;
            }

            writer.WriteByte(separator);
            writer.WriteString(member.Name.Value);
            writer.WriteByte((byte)':');
            Write(member.Value);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '{' ? "{}"u8 : "}"u8);
    }

    private JsonElement? ValueOf(VariableNode variable)
        => variables is not null && variables.TryGetJson(variable.Name.Value, out var value) ? value : null;
}
