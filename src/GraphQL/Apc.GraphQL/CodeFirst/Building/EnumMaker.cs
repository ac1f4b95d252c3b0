using System.Reflection;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.CodeFirst.Building;

/// <summary>Makes enum types of C# enums: members in the order of the source, in upper snake case unless an attribute names them.</summary>
internal sealed class EnumMaker(XmlDocs docs)
{
    public EnumType Make(Type type) => new(
        Names.OfType(type),
        type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(m => !m.IsDefined(typeof(GraphQLIgnoreAttribute)))
            .OrderBy(m => m.MetadataToken)
            .Select(ValueOf),
        clrType: type)
    {
        DescribedBy = () => docs.Of(type),
    };

    private EnumValueDefinition ValueOf(FieldInfo member)
        => new(
            member.GetCustomAttribute<GraphQLNameAttribute>()?.Name ?? UpperSnakeCase.Of(member.Name),
            member.GetValue(null))
        {
            DescribedBy = () => docs.Of(member),
            DeprecationReason = member.GetCustomAttribute<GraphQLDeprecatedAttribute>()?.Reason,
        };
}
