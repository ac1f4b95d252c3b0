using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Types.Coercion;

/// <summary>Literals as messages show them.</summary>
internal static class LiteralText
{
    /// <summary>The literal on one line.</summary>
    public static string Of(ValueNode literal) => literal switch
    {
        VariableNode variable => "$" + variable.Name.Value,
        IntValueNode integer => integer.Value,
        FloatValueNode number => number.Value,
        StringValueNode text => Inspect.Quote(text.Value),
        BooleanValueNode flag => flag.Value ? "true" : "false",
        EnumValueNode member => member.Value,
        ListValueNode list => $"[{string.Join(", ", list.Values.Select(Of))}]",
        ObjectValueNode value => $"{{{string.Join(", ", value.Fields.Select(f => $"{f.Name.Value}: {Of(f.Value)}"))}}}",
        _ => "null",
    };
}
