using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Validation.Rules.OverlappingFields;

/// <summary>Compares the arguments of two fields as written, without their order.</summary>
internal static class SameArguments
{
    // Below this number a linear search is faster.
    private const int WorthAnIndex = 8;

    /// <summary>
    /// True if both lists have the same arguments with the same values. Of several with the same name the last is compared.
    /// </summary>
    public static bool AreSame(IReadOnlyList<ArgumentNode> arguments, IReadOnlyList<ArgumentNode> others)
    {
        if (arguments.Count != others.Count)
        {
            return false;
        }

        if (arguments.Count >= WorthAnIndex)
        {
            var index = new Dictionary<string, ValueNode>(StringComparer.Ordinal);

            foreach (var other in others)
            {
                index[other.Name.Value] = other.Value;
            }

            return arguments.All(
                argument => index.TryGetValue(argument.Name.Value, out var value) && AreSame(argument.Value, value));
        }

        for (var i = 0; i < arguments.Count; i++)
        {
            if (FindLast(others, arguments[i].Name.Value) is not { } value || !AreSame(arguments[i].Value, value))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True if the literals are equal except for the order of an object's fields.</summary>
    public static bool AreSame(ValueNode value, ValueNode other) => (value, other) switch
    {
        (VariableNode a, VariableNode b) => a.Name.Value == b.Name.Value,
        (IntValueNode a, IntValueNode b) => a.Value == b.Value,
        (FloatValueNode a, FloatValueNode b) => a.Value == b.Value,
        (StringValueNode a, StringValueNode b) => a.Value == b.Value && a.IsBlock == b.IsBlock,
        (BooleanValueNode a, BooleanValueNode b) => a.Value == b.Value,
        (NullValueNode, NullValueNode) => true,
        (EnumValueNode a, EnumValueNode b) => a.Value == b.Value,
        (ListValueNode a, ListValueNode b) => AreSame(a.Values, b.Values),
        (ObjectValueNode a, ObjectValueNode b) => AreSame(a.Fields, b.Fields),
        _ => false,
    };

    private static bool AreSame(IReadOnlyList<ValueNode> values, IReadOnlyList<ValueNode> others)
    {
        if (values.Count != others.Count)
        {
            return false;
        }

        for (var i = 0; i < values.Count; i++)
        {
            if (!AreSame(values[i], others[i]))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreSame(IReadOnlyList<ObjectFieldNode> fields, IReadOnlyList<ObjectFieldNode> others)
        => fields.Count == others.Count && ByName(fields).Zip(ByName(others)).All(
            pair => pair.First.Name.Value == pair.Second.Name.Value && AreSame(pair.First.Value, pair.Second.Value));

    private static IEnumerable<ObjectFieldNode> ByName(IReadOnlyList<ObjectFieldNode> fields)
        => fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal);

    private static ValueNode? FindLast(IReadOnlyList<ArgumentNode> arguments, string name)
    {
        for (var i = arguments.Count - 1; i >= 0; i--)
        {
            if (arguments[i].Name.Value == name)
            {
                return arguments[i].Value;
            }
        }

        return null;
    }
}
