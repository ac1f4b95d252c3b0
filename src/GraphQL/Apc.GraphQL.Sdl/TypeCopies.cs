using Apc.GraphQL.Types;

namespace Apc.GraphQL.Sdl;

/// <summary>Copies the types of an extended schema. The members that extensions add come after the existing ones.</summary>
internal sealed class TypeCopies(SdlDefinitions definitions, SdlMembers members)
{
    public NamedType CopyOf(NamedType type) => type switch
    {
        ScalarType scalar => CopyOf(scalar),
        ObjectType objectType => CopyOf(objectType),
        InterfaceType interfaceType => CopyOf(interfaceType),
        UnionType union => CopyOf(union),
        EnumType enumType => CopyOf(enumType),
        _ => CopyOf((InputObjectType)type),
    };

    private ScalarType CopyOf(ScalarType scalar)
        => SdlMembers.SpecifiedBy(definitions.PartsOf(scalar.Name)) is { } specifiedBy
            ? new RespecifiedScalar(scalar, specifiedBy)
            : scalar;

    private ObjectType CopyOf(ObjectType type) => new(type.Name, () => FieldsOf(type), null, () => InterfacesOf(type), type.ClrType)
    {
        DescribedBy = () => type.Description,
        NotInterfaces = () => NotInterfacesOf(type),
    };

    private InterfaceType CopyOf(InterfaceType type) => new(type.Name, () => FieldsOf(type), null, () => InterfacesOf(type))
    {
        DescribedBy = () => type.Description,
        NotInterfaces = () => NotInterfacesOf(type),
    };

    private IEnumerable<FieldDefinition> FieldsOf(FieldedType type)
        => [.. type.Fields.Values.Select(members.CopyOf), .. members.FieldsOf(definitions.PartsOf(type.Name))];

    private IEnumerable<InterfaceType> InterfacesOf(FieldedType type)
        => [.. type.Interfaces.Select(members.Same), .. members.InterfacesOf(definitions.PartsOf(type.Name)).OfType<InterfaceType>()];

    private IEnumerable<NamedType> NotInterfacesOf(FieldedType type)
        =>
        [
            .. type.NotInterfaces().Select(members.Same),
            .. members.InterfacesOf(definitions.PartsOf(type.Name)).Where(t => t is not InterfaceType),
        ];

    private UnionType CopyOf(UnionType type)
    {
        var parts = definitions.PartsOf(type.Name);
        return new(type.Name, () => [.. type.Types.Select(members.Same), .. members.MembersOf(parts).OfType<ObjectType>()])
        {
            DescribedBy = () => type.Description,
            NotObjects = () =>
            [
                .. type.NotObjects().Select(members.Same),
                .. members.MembersOf(parts).Where(t => t is not ObjectType),
            ],
        };
    }

    private EnumType CopyOf(EnumType type)
    {
        List<EnumValueDefinition> added = [.. SdlMembers.ValuesOf(definitions.PartsOf(type.Name))];

        return added.Count == 0
            ? type
            : new(type.Name, [.. type.Values.Values, .. added], null, type.ClrType) { DescribedBy = () => type.Description };
    }

    // A record behind the type receives only its own fields: its constructor does not know the added ones.
    private InputObjectType CopyOf(InputObjectType type)
    {
        var parts = definitions.PartsOf(type.Name);
        return new(
            type.Name,
            () => [.. type.Fields.Values.Select(members.CopyOf), .. members.InputFieldsOf(parts)],
            null,
            type.IsOneOf || SdlMembers.IsOneOf(parts),
            type.ClrType)
        {
            DescribedBy = () => type.Description,
            Create = type.Create is { } create && parts.Any() ? values => create(values[..type.Fields.Count]) : type.Create,
        };
    }
}
