using System.Reflection;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>How messages of the schema builder name types and members.</summary>
internal static class Display
{
    public static string Of(MemberInfo member) => $"{Of(member.DeclaringType!)}.{member.Name}";

    public static string Of(ParameterInfo parameter) => $"{Of(parameter.Member)}({parameter.Name})";

    public static string Of(Type type) => type switch
    {
        { IsArray: true } => $"{Of(type.GetElementType()!)}[]",
        { IsGenericType: true } => $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Of))}>",
        _ => type.Name,
    };
}
