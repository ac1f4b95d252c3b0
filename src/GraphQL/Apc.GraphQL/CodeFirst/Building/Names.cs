using System.Reflection;
using System.Text.Json;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Names in the schema: from <see cref="GraphQLNameAttribute"/>, else made from the C# names.</summary>
internal static class Names
{
    /// <summary>The C# name; a generic type names its arguments too: <c>Page&lt;Book&gt;</c> is <c>PageOfBook</c>.</summary>
    public static string OfType(Type type)
    {
        if (Given(type) is { } given)
        {
            return given;
        }

        return type.IsGenericType
            ? $"{type.Name.Split('`')[0]}Of{string.Join("And", type.GetGenericArguments().Select(OfType))}"
            : type.Name;
    }

    /// <summary>Camel case, without the prefix <c>Get</c> and the suffix <c>Async</c>.</summary>
    public static string OfField(MethodInfo method)
    {
        if (Given(method) is { } given)
        {
            return given;
        }

        var name = method.Name;

        if (name.StartsWith("Get", StringComparison.Ordinal) && name.Length > 3 && char.IsUpper(name[3]))
        {
            name = name[3..];
        }

        if (name.EndsWith("Async", StringComparison.Ordinal) && name.Length > 5)
        {
            name = name[..^5];
        }

        return CamelCase(name);
    }

    /// <summary>Camel case.</summary>
    public static string OfField(PropertyInfo property) => Given(property) ?? CamelCase(property.Name);

    /// <summary>Camel case.</summary>
    public static string OfArgument(ParameterInfo parameter) => Given(parameter) ?? CamelCase(parameter.Name!);

    private static string CamelCase(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static string? Given(ICustomAttributeProvider member)
        => member.GetCustomAttributes(typeof(GraphQLNameAttribute), inherit: false) is [GraphQLNameAttribute { Name: var name }]
            ? name
            : null;
}
