using System.Globalization;
using System.Reflection;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Coercion;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>The value of an argument or input field that is not given.</summary>
/// <param name="Value">Bound in place of <see cref="Absent.Value"/>.</param>
internal sealed record Fallback(object? Value)
{
    /// <summary>Null.</summary>
    public static Fallback Null { get; } = new((object?)null);

    /// <summary>Absent stays absent: a property keeps what its initializer gave it.</summary>
    public static Fallback LeaveAbsent { get; } = new(Absent.Value);

    /// <summary>The parameter's C# default, or null.</summary>
    public static Fallback Of(ParameterInfo parameter)
    {
        if (!parameter.HasDefaultValue || parameter.DefaultValue is not { } value)
        {
            return Null;
        }

        // For a nullable enum reflection gives the member's number.
        var type = Nullable.GetUnderlyingType(parameter.ParameterType) ?? parameter.ParameterType;
        return new(type.IsEnum ? Enum.ToObject(type, value) : value);
    }

    /// <summary>The value as a literal of the schema; null if the schema shows no default.</summary>
    public ValueNode? Literal(GraphQLType type, string where, List<string> problems)
    {
        ValueNode? literal = Value switch
        {
            null or Absent => null,
            bool flag => new BooleanValueNode(flag, default),
            string text => new StringValueNode(text, isBlock: false, default),
            double or float or decimal => new FloatValueNode(Text(Value), default),
            Enum member => type.Named is EnumType named && named.Values.Values.FirstOrDefault(v => v.Value.Equals(member)) is { } known
                ? new EnumValueNode(known.Name, default)
                : null,
            sbyte or byte or short or ushort or int or uint or long => new IntValueNode(Text(Value), default),
            _ => null,
        };

        if (literal is null && Value is not (null or Absent))
        {
            problems.Add($"{where}: the default {Inspect.Value(Value)} cannot be shown in the schema. Use [GraphQLDefault].");
        }

        return literal;
    }

    private static string Text(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);
}
