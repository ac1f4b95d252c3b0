namespace Apc.GraphQL.Types.Introspection;

/// <summary>The two enums of introspection.</summary>
internal static class IntrospectionEnums
{
    public static EnumType TypeKind() => new(
        "__TypeKind",
        [
            ValueOf(Introspection.TypeKind.Scalar, "A scalar."),
            ValueOf(Introspection.TypeKind.Object, "An object. `fields` and `interfaces` are set."),
            ValueOf(Introspection.TypeKind.Interface, "An interface. `fields`, `interfaces` and `possibleTypes` are set."),
            ValueOf(Introspection.TypeKind.Union, "A union. `possibleTypes` is set."),
            ValueOf(Introspection.TypeKind.Enum, "An enum. `enumValues` is set."),
            ValueOf(Introspection.TypeKind.InputObject, "An input object. `inputFields` and `isOneOf` are set."),
            ValueOf(Introspection.TypeKind.List, "A list. `ofType` is set."),
            ValueOf(Introspection.TypeKind.NonNull, "A type whose value is never null. `ofType` is set."),
        ],
        "The kinds of types.",
        typeof(TypeKind));

    public static EnumType DirectiveLocation() => new(
        "__DirectiveLocation", DirectiveLocationValues(), "The places where a directive may stand.", typeof(DirectiveLocation));

    // A loop instead of LINQ: generic code over C# enums is compiled in each process at the first use, and each schema has this type.
    private static IEnumerable<EnumValueDefinition> DirectiveLocationValues()
    {
        foreach (var location in DirectiveLocations.All)
        {
            yield return new EnumValueDefinition(DirectiveLocations.NameOf(location), location);
        }
    }

    private static EnumValueDefinition ValueOf(TypeKind kind, string description)
        => new(UpperSnakeCase.Of(kind.ToString()), kind) { Description = description };
}
