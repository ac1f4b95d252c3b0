using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Language;

/// <summary>Literals and type references.</summary>
public sealed partial class SyntaxPrinter
{
    private void WriteValue(ValueNode value)
    {
        switch (value)
        {
            case VariableNode variable:
                Write("$");
                Write(variable.Name);
                break;
            case IntValueNode integer:
                Write(integer.Value);
                break;
            case FloatValueNode number:
                Write(number.Value);
                break;
            case StringValueNode { IsBlock: true } text:
                Write(BlockString.Print(text.Value));
                break;
            case StringValueNode text:
                WriteString(text.Value);
                break;
            case BooleanValueNode boolean:
                Write(boolean.Value ? "true" : "false");
                break;
            case NullValueNode:
                Write("null");
                break;
            case EnumValueNode enumValue:
                Write(enumValue.Value);
                break;
            case ListValueNode list:
                Write("[");
                WriteJoined(list.Values, ", ");
                Write("]");
                break;
            case ObjectValueNode @object:
                Write("{");
                WriteJoined(@object.Fields, ", ");
                Write("}");
                break;
        }
    }

    /// <summary>Writes a text in quotes, with quotes, backslashes and control characters (C0, DEL, C1) escaped.</summary>
    private void WriteString(string value)
    {
        _text.Append('"');

        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => _text.Append("\\\""),
                '\\' => _text.Append("\\\\"),
                '\b' => _text.Append("\\b"),
                '\t' => _text.Append("\\t"),
                '\n' => _text.Append("\\n"),
                '\f' => _text.Append("\\f"),
                '\r' => _text.Append("\\r"),
                < ' ' or (>= '\x7f' and <= '\x9f') => _text.Append($"\\u{(int)c:X4}"),
                _ => _text.Append(c),
            };
        }

        _text.Append('"');
    }

    private void WriteType(TypeNode type)
    {
        switch (type)
        {
            case NamedTypeNode named:
                Write(named.Name);
                break;
            case ListTypeNode list:
                Write("[");
                Write(list.Type);
                Write("]");
                break;
            case NonNullTypeNode nonNull:
                Write(nonNull.Type);
                Write("!");
                break;
        }
    }
}
