namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Type-Extensions")]
[SpecSection("sec-Type-System-Extensions")]
public sealed class TypeExtensionTests
{
    private const string Marks = "directive @mark on SCALAR | OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT ";

    [Theory]
    [SpecSection("sec-Scalar-Extensions")]
    [InlineData("scalar T extend scalar T @specifiedBy(url: \"https://example.org\")", "scalar T @specifiedBy(url: \"https://example.org\")")]
    [SpecSection("sec-Object-Extensions")]
    [InlineData("type T { a: Int } extend type T { b: Int }", "type T {\n  a: Int\n  b: Int\n}")]
    [InlineData("extend type T { b: Int } type T", "type T {\n  b: Int\n}")]
    [InlineData("type T { a: Int } extend type T implements I interface I { a: Int }", "type T implements I {\n  a: Int\n}")]
    [SpecSection("sec-Interface-Extensions")]
    [InlineData("interface T { a: Int } extend interface T { b: Int }", "interface T {\n  a: Int\n  b: Int\n}")]
    [InlineData("interface T { a: Int } extend interface T implements I interface I { a: Int }", "interface T implements I {\n  a: Int\n}")]
    [SpecSection("sec-Union-Extensions")]
    [InlineData("union T = Query extend union T = | U type U { a: Int }", "union T = Query | U")]
    [SpecSection("sec-Enum-Extensions")]
    [InlineData("enum T { A } extend enum T { B C } extend enum T { D }", "enum T {\n  A\n  B\n  C\n  D\n}")]
    [SpecSection("sec-Input-Object-Extensions")]
    [InlineData("input T { a: Int } extend input T { b: [T] = [] }", "input T {\n  a: Int\n  b: [T] = []\n}")]
    [InlineData("input T { a: Int } extend input T @oneOf", "input T @oneOf {\n  a: Int\n}")]
    public void Add_to_what_is_defined(string definitions, string printed)
    {
        Assert.Empty(SdlText.Problems(definitions));
        Assert.Equal(printed, SdlText.Printed(definitions, "T"));
    }

    [Theory]
    [InlineData("scalar T extend scalar T @mark")]
    [InlineData("type T { a: Int } extend type T @mark")]
    [InlineData("interface T { a: Int } extend interface T @mark")]
    [InlineData("union T = Query extend union T @mark")]
    [InlineData("enum T { A } extend enum T @mark")]
    [InlineData("input T { a: Int } extend input T @mark")]
    public void Add_directives_alone(string definitions)
    {
        Assert.Empty(SdlText.Problems(Marks + definitions));
        Assert.Equal(
            ["The directive \"@mark\" can only be used once at this location."], SdlText.Problems($"{Marks}{definitions} {definitions[definitions.IndexOf("extend", StringComparison.Ordinal)..]}"));
    }

    [Theory]
    [SpecSection("sec-Scalar-Extensions.Type-Validation")]
    [InlineData("extend scalar T @mark", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("enum T { A } extend scalar T @mark", "Cannot extend non-scalar type \"T\".")]
    [SpecSection("sec-Object-Extensions.Type-Validation")]
    [InlineData("extend type T { a: Int }", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("interface T { a: Int } extend type T { b: Int }", "Cannot extend non-object type \"T\".")]
    [InlineData("type T { a: Int } extend type T { b: Int b: Int }", "Field \"T.b\" can only be defined once.")]
    [InlineData("type T { a: Int } extend type T { a: Int }", "Field \"T.a\" can only be defined once.")]
    [InlineData("type T implements I { a: Int } extend type T implements I interface I { a: Int }", "Type T can only implement I once.")]
    [InlineData("type T { b: Int } extend type T implements I interface I { a: Int }", "Interface field I.a expected but T does not provide it.")]
    [SpecSection("sec-Interface-Extensions.Type-Validation")]
    [InlineData("extend interface T { a: Int }", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("type T { a: Int } extend interface T { b: Int }", "Cannot extend non-interface type \"T\".")]
    [InlineData("interface T { a: Int } extend interface T { b: Int b: Int }", "Field \"T.b\" can only be defined once.")]
    [InlineData("interface T { a: Int } extend interface T { a: Int }", "Field \"T.a\" can only be defined once.")]
    [InlineData("interface T { a: Int } type U implements T { a: Int } extend interface T { b: Int }", "Interface field T.b expected but U does not provide it.")]
    [InlineData("interface T { b: Int } extend interface T implements I interface I { a: Int }", "Interface field I.a expected but T does not provide it.")]
    [SpecSection("sec-Union-Extensions.Type-Validation")]
    [InlineData("extend union T = Query", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("scalar T extend union T = Query", "Cannot extend non-union type \"T\".")]
    [InlineData("union T = Query extend union T = I interface I { a: Int }", "Union type T can only include Object types, it cannot include I.")]
    [InlineData("union T = Query extend union T = Query", "Union type T can only include type Query once.")]
    [SpecSection("sec-Enum-Extensions.Type-Validation")]
    [InlineData("extend enum T { A }", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("scalar T extend enum T { A }", "Cannot extend non-enum type \"T\".")]
    [InlineData("enum T { A } extend enum T { B B }", "Enum value \"T.B\" can only be defined once.")]
    [InlineData("enum T { A } extend enum T { A }", "Enum value \"T.A\" can only be defined once.")]
    [SpecSection("sec-Input-Object-Extensions.Type-Validation")]
    [InlineData("extend input T { a: Int }", "Cannot extend type \"T\" because it is not defined.")]
    [InlineData("type T { a: Int } extend input T { b: Int }", "Cannot extend non-input object type \"T\".")]
    [InlineData("input T { a: Int } extend input T { b: Int b: Int }", "Field \"T.b\" can only be defined once.")]
    [InlineData("input T { a: Int } extend input T { a: Int }", "Field \"T.a\" can only be defined once.")]
    [InlineData("input T { a: Int } extend input T { t: T! }", "Cannot reference Input Object \"T\" within itself through a series of non-null fields: \"t\".")]
    [InlineData("input T @oneOf { a: Int } extend input T { b: Int! }", "OneOf input field T.b must be nullable.")]
    [InlineData("input T { a: Int = 1 } extend input T @oneOf", "OneOf input field T.a cannot have a default value.")]
    public void Are_refused_where_they_do_not_fit(string definitions, string problem) => Assert.Equal([problem], SdlText.Problems(Marks + definitions));

    [Theory]
    [SpecSection("sec-Schema-Extension.Schema-Validation")]
    [InlineData("schema { query: Query } extend schema { query: T } type T { a: Int }", "There can be only one query type in schema.")]
    [InlineData("schema { query: Query } extend schema { mutation: T } enum T { A }", "Mutation root type must be Object type if provided, it cannot be T.")]
    [InlineData("schema @s { query: Query } extend schema @s directive @s on SCHEMA", "The directive \"@s\" can only be used once at this location.")]
    public void Of_the_schema_are_refused_where_they_do_not_fit(string definitions, string problem)
        => Assert.Equal([problem], SdlText.Problems(definitions));
}
