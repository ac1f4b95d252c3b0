namespace Apc.GraphQL.Types.Introspection;

/// <summary>The two enums of introspection.</summary>
internal static class IntrospectionEnums
{
    public static EnumType TypeKind() => new(
        "__TypeKind",
        Enum.GetValues<TypeKind>().Select(kind => new EnumValueDefinition(UpperSnakeCase.Of(kind.ToString()), kind)
        {
            Description = kind switch
            {
                Introspection.TypeKind.Scalar => "A scalar.",
                Introspection.TypeKind.Object => "An object. `fields` and `interfaces` are set.",
                Introspection.TypeKind.Interface => "An interface. `fields`, `interfaces` and `possibleTypes` are set.",
                Introspection.TypeKind.Union => "A union. `possibleTypes` is set.",
                Introspection.TypeKind.Enum => "An enum. `enumValues` is set.",
                Introspection.TypeKind.InputObject => "An input object. `inputFields` and `isOneOf` are set.",
                Introspection.TypeKind.List => "A list. `ofType` is set.",
                _ => "A type whose value is never null. `ofType` is set.",
            },
        }),
        "The kinds of types.",
        typeof(TypeKind));

    public static EnumType DirectiveLocation() => new(
        "__DirectiveLocation",
        Enum.GetValues<DirectiveLocation>().Select(place => new EnumValueDefinition(UpperSnakeCase.Of(place.ToString()), place)),
        "The places where a directive may stand.",
        typeof(DirectiveLocation));
}
