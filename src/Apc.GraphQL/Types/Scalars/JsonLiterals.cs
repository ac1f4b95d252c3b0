using System.Text.Json;
using Apc.GraphQL.Json;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types.Coercion;

namespace Apc.GraphQL.Types.Scalars;

/// <summary>Writes literals as the JSON that they mean.</summary>
internal static class JsonLiterals
{
    public static void Write(JsonWriter writer, ValueNode literal, IVariableValues? variables)
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
            case BooleanValueNode flag:
                writer.WriteBoolean(flag.Value);
                break;
            case NullValueNode:
                writer.WriteNull();
                break;
            case VariableNode variable:
                JsonResults.WriteElement(writer, ValueOf(variable, variables) ?? default);
                break;
            case ListValueNode list:
                WriteList(writer, list, variables);
                break;
            case ObjectValueNode members:
                WriteObject(writer, members, variables);
                break;
            default:
                throw new CoercionException($"JSON cannot represent value: {LiteralText.Of(literal)}");
        }
    }

    private static void WriteList(JsonWriter writer, ListValueNode list, IVariableValues? variables)
    {
        var separator = (byte)'[';

        foreach (var element in list.Values)
        {
            writer.WriteByte(separator);
            Write(writer, element, variables);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '[' ? "[]"u8 : "]"u8);
    }

    private static void WriteObject(JsonWriter writer, ObjectValueNode members, IVariableValues? variables)
    {
        var separator = (byte)'{';

        foreach (var member in members.Fields)
        {
            // A member whose variable has no value is not there, as in every input object.
            if (member.Value is VariableNode variable && variables is not null && ValueOf(variable, variables) is null)
            {
                continue;
            }

            writer.WriteByte(separator);
            writer.WriteString(member.Name.Value);
            writer.WriteByte((byte)':');
            Write(writer, member.Value, variables);
            separator = (byte)',';
        }

        writer.WriteRaw(separator == '{' ? "{}"u8 : "}"u8);
    }

    private static JsonElement? ValueOf(VariableNode variable, IVariableValues? variables)
        => variables is not null && variables.TryGetJson(variable.Name.Value, out var value) ? value : null;
}
