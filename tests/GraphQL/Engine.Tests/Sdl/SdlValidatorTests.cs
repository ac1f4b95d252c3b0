using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Sdl;

public class SdlValidatorTests
{
    private static readonly Schema Shop = SdlSchemaBuilder.FromSdl(
        """
        type Query { shop: Shop }
        type Shop { name: String }
        interface Named { name: String }
        union Found = Shop
        enum Day { MONDAY }
        input Range { from: Int }
        scalar Url
        directive @tag(name: String!) on OBJECT
        """);

    private static void Rejects(string sdl, params string[] errors) => Rejects(null, sdl, errors);

    private static void Rejects(Schema? extended, string sdl, params string[] errors)
    {
        var found = SdlValidator.Validate(GraphQLParser.Parse(new Source(sdl)), extended);
        Assert.Equal(errors, found.Select(e => $"{e.Message} ({string.Join(", ", e.Locations.Select(l => $"{l.Line}:{l.Column}"))})"));
        Assert.All(found, error => Assert.Equal(ErrorCodes.ValidationFailed, error.Code));
    }

    [Fact]
    public void Accepts_a_document_with_something_of_everything() => Rejects(PetSchema.Sdl);

    [Theory]
    [SpecSection("sec-Schema")]
    [InlineData(
        "schema { query: Query } schema { mutation: Query } type Query { a: Int }", "Must provide only one schema definition. (1:25)")]
    [InlineData(
        "schema { query: Query query: Query } type Query { a: Int }", "There can be only one query type in schema. (1:10, 1:23)")]
    [InlineData(
        "schema { query: Query } extend schema { query: Query } type Query { a: Int }",
        "There can be only one query type in schema. (1:10, 1:41)")]
    [InlineData("type Twice { a: Int } enum Twice { A }", "There can be only one type named \"Twice\". (1:6, 1:28)")]
    [InlineData("directive @twice on FIELD directive @twice on QUERY", "There can be only one directive named \"@twice\". (1:12, 1:38)")]
    public void Rejects_what_a_schema_has_once(string sdl, string error) => Rejects(sdl, error);

    [Theory]
    [InlineData("enum E { A A }", "Enum value \"E.A\" can only be defined once. (1:10, 1:12)")]
    [InlineData("enum E { A } extend enum E { B A }", "Enum value \"E.A\" can only be defined once. (1:10, 1:32)")]
    [InlineData("type T { a: Int a: Int }", "Field \"T.a\" can only be defined once. (1:10, 1:17)")]
    [InlineData("interface T { a: Int } extend interface T { a: Int }", "Field \"T.a\" can only be defined once. (1:15, 1:45)")]
    [InlineData("extend input T { a: Int } input T { a: Int }", "Field \"T.a\" can only be defined once. (1:18, 1:37)")]
    [InlineData("type T { f(a: Int, b: Int, a: Int): Int }", "Argument \"T.f(a:)\" can only be defined once. (1:12, 1:28)")]
    [InlineData("directive @d(a: Int, a: Int) on FIELD", "Argument \"@d(a:)\" can only be defined once. (1:14, 1:22)")]
    public void Rejects_members_that_are_there_twice(string sdl, string error) => Rejects(sdl, error);

    [Theory]
    [SpecSection("sec-Type-References")]
    [InlineData("type T { a(b: [Innt!]!): Int }", "Unknown type \"Innt\". Did you mean \"Int\"? (1:16)")]
    [InlineData("type Thing implements Thng { a: Int }", "Unknown type \"Thng\". Did you mean \"Thing\"? (1:23)")]
    [InlineData("union U = Nowhere", "Unknown type \"Nowhere\". (1:11)")]
    [InlineData("schema { query: Nowhere }", "Unknown type \"Nowhere\". (1:17)")]
    [InlineData("type T { a: __Type }", "Unknown type \"__Type\". (1:13)")]
    public void Rejects_references_to_nothing(string sdl, string error) => Rejects(sdl, error);

    [Theory]
    [SpecSection("sec-Type-Extensions")]
    [InlineData("extend type Thng { a: Int } type Thing { b: Int }", "Cannot extend type \"Thng\" because it is not defined. Did you mean \"Thing\"? (1:13)")]
    [InlineData("scalar T extend type T { a: Int }", "Cannot extend non-object type \"T\". (1:1, 1:10)")]
    [InlineData("scalar T extend interface T { a: Int }", "Cannot extend non-interface type \"T\". (1:1, 1:10)")]
    [InlineData("scalar T extend union T = Q type Q { a: Int }", "Cannot extend non-union type \"T\". (1:1, 1:10)")]
    [InlineData("scalar T extend enum T { A }", "Cannot extend non-enum type \"T\". (1:1, 1:10)")]
    [InlineData("scalar T extend input T { a: Int }", "Cannot extend non-input object type \"T\". (1:1, 1:10)")]
    [InlineData("enum T { A } extend scalar T @specifiedBy(url: \"x\")", "Cannot extend non-scalar type \"T\". (1:1, 1:14)")]
    public void Rejects_extensions_of_what_is_not_there(string sdl, string error) => Rejects(sdl, error);

    [Theory]
    [SpecSection("sec-Type-System.Directives")]
    [InlineData("type T @nope { a: Int }", "Unknown directive \"@nope\". (1:8)")]
    [InlineData("schema @deprecated { query: Q } type Q { a: Int }", "Directive \"@deprecated\" may not be used on SCHEMA. (1:8)")]
    [InlineData("type T { a(b: Int @oneOf): Int }", "Directive \"@oneOf\" may not be used on ARGUMENT_DEFINITION. (1:19)")]
    [InlineData("extend input T { a: Int @oneOf } input T { b: Int }", "Directive \"@oneOf\" may not be used on INPUT_FIELD_DEFINITION. (1:25)")]
    [InlineData("type T @oneOf { a: Int }", "Directive \"@oneOf\" may not be used on OBJECT. (1:8)")]
    [InlineData("interface T @oneOf { a: Int }", "Directive \"@oneOf\" may not be used on INTERFACE. (1:13)")]
    [InlineData("type T { a: Int @oneOf }", "Directive \"@oneOf\" may not be used on FIELD_DEFINITION. (1:17)")]
    [InlineData("union U @oneOf = T type T { a: Int }", "Directive \"@oneOf\" may not be used on UNION. (1:9)")]
    [InlineData("enum E @oneOf { A }", "Directive \"@oneOf\" may not be used on ENUM. (1:8)")]
    [InlineData("enum E { A @oneOf }", "Directive \"@oneOf\" may not be used on ENUM_VALUE. (1:12)")]
    [InlineData("scalar S @oneOf", "Directive \"@oneOf\" may not be used on SCALAR. (1:10)")]
    [InlineData("input T @deprecated { a: Int }", "Directive \"@deprecated\" may not be used on INPUT_OBJECT. (1:9)")]
    [InlineData("type T { a: Int @deprecated @deprecated }", "The directive \"@deprecated\" can only be used once at this location. (1:17, 1:29)")]
    [InlineData(
        "directive @d on OBJECT type T @d { a: Int } extend type T @d",
        "The directive \"@d\" can only be used once at this location. (1:31, 1:59)")]
    [InlineData(
        "directive @d on SCHEMA schema @d { query: Q } extend schema @d type Q { a: Int }",
        "The directive \"@d\" can only be used once at this location. (1:31, 1:61)")]
    public void Rejects_directives_that_may_not_stand_there(string sdl, string error) => Rejects(sdl, error);

    [Fact]
    public void Accepts_a_repeatable_directive_as_often_as_it_stands()
        => Rejects("directive @d(a: Int) repeatable on OBJECT type T @d(a: 1) @d(a: 2) { a: Int } extend type T @d");

    [Theory]
    [SpecSection("sec-Type-System.Directives")]
    [InlineData("scalar S @specifiedBy", "Directive \"@specifiedBy\" argument \"url\" of type \"String!\" is required, but it was not provided. (1:10)")]
    [InlineData(
        "directive @d(a: [Int!]!, b: Int! = 1) on SCALAR scalar S @d",
        "Directive \"@d\" argument \"a\" of type \"[Int!]!\" is required, but it was not provided. (1:58)")]
    [InlineData(
        "directive @d(a: Int!, a: [Int]!) on SCALAR scalar S @d",
        "Argument \"@d(a:)\" can only be defined once. (1:14, 1:23)",
        "Directive \"@d\" argument \"a\" of type \"[Int]!\" is required, but it was not provided. (1:53)")]
    [InlineData(
        "type T { a: Int @deprecated(raeson: \"x\") }", "Unknown argument \"raeson\" on directive \"@deprecated\". Did you mean \"reason\"? (1:29)")]
    [InlineData(
        "type T { a: Int @deprecated(reason: \"x\", reason: \"y\") }", "There can be only one argument named \"reason\". (1:29, 1:42)")]
    [InlineData("type T { a: Int @deprecated(reason: 1) }", "Argument \"reason\" has invalid value 1. (1:37)")]
    [InlineData("type T { a: Int @deprecated(reason: null) }", "Argument \"reason\" of non-null type \"String!\" must not be null. (1:37)")]
    [InlineData("scalar S @specifiedBy(url: HERE)", "Argument \"url\" has invalid value HERE. (1:28)")]
    [InlineData(
        "type T { a(b: In = {x: 1, y: {z: 1, z: 1}, x: 1}): Int } scalar In",
        "There can be only one input field named \"z\". (1:31, 1:37)",
        "There can be only one input field named \"x\". (1:21, 1:44)")]
    public void Rejects_arguments_that_do_not_fit(string sdl, params string[] errors) => Rejects(sdl, errors);

    [Theory]
    [SpecSection("sec-Schema-Extension.Schema-Validation")]
    [SpecSection("sec-Type-System-Extensions")]
    [InlineData("schema { query: Query }", "Cannot define a new schema within a schema extension. (1:1)", "Type for query already defined in the schema. It cannot be redefined. (1:10)")]
    [InlineData("extend schema { query: Query }", "Type for query already defined in the schema. It cannot be redefined. (1:17)")]
    [InlineData("enum Shop { A }", "Type \"Shop\" already exists in the schema. It cannot also be defined in this type definition. (1:6)")]
    [InlineData("scalar String", "Type \"String\" already exists in the schema. It cannot also be defined in this type definition. (1:8)")]
    [InlineData("directive @tag on FIELD", "Directive \"@tag\" already exists in the schema. It cannot be redefined. (1:12)")]
    [InlineData("directive @skip on FIELD", "Directive \"@skip\" already exists in the schema. It cannot be redefined. (1:12)")]
    [InlineData(
        "extend type Shop { name: Int }", "Field \"Shop.name\" already exists in the schema. It cannot also be defined in this type extension. (1:20)")]
    [InlineData(
        "extend input Range { from: Int }", "Field \"Range.from\" already exists in the schema. It cannot also be defined in this type extension. (1:22)")]
    [InlineData(
        "extend enum Day { MONDAY }", "Enum value \"Day.MONDAY\" already exists in the schema. It cannot also be defined in this type extension. (1:19)")]
    [InlineData("extend enum Shop { A }", "Cannot extend non-enum type \"Shop\". (1:1)")]
    [InlineData("extend union Dai = Shop", "Cannot extend type \"Dai\" because it is not defined. Did you mean \"Day\"? (1:14)")]
    [InlineData("extend type __Type { a: Int }", "Cannot extend type \"__Type\" because it is not defined. (1:13)")]
    [InlineData("extend type Shop { next: Shup }", "Unknown type \"Shup\". Did you mean \"Shop\"? (1:26)")]
    [InlineData("extend type Shop @tag { a: Int }", "Directive \"@tag\" argument \"name\" of type \"String!\" is required, but it was not provided. (1:18)")]
    public void Rejects_additions_that_do_not_fit_the_schema(string sdl, params string[] errors) => Rejects(Shop, sdl, errors);

    [Theory]
    [InlineData("extend type Shop implements Named @tag(name: \"x\")")]
    [InlineData("extend schema { mutation: Changes } type Changes { a: Url }")]
    [InlineData("extend scalar Url @specifiedBy(url: \"https://example.org\") extend input Range @oneOf")]
    public void Accepts_additions_that_fit_the_schema(string sdl) => Rejects(Shop, sdl);

    [Fact]
    public void Reports_in_the_order_of_the_text_everything_at_once() => Rejects(
        """
        schema { query: Input query: Qery }
        type Query @nope { field(a: [Innput!]!): Int field: Int }
        input Input { a: Flot @deprecated(reason: "x", reason: "y") }
        extend type Quary { b: Int }
        query { ignored @nope }
        """,
        "There can be only one query type in schema. (1:10, 1:23)",
        "Unknown type \"Qery\". Did you mean \"Query\"? (1:30)",
        "Field \"Query.field\" can only be defined once. (2:20, 2:46)",
        "Unknown directive \"@nope\". (2:12)",
        "Unknown type \"Innput\". Did you mean \"Input\" or \"Int\"? (2:30)",
        "Unknown type \"Flot\". Did you mean \"Float\"? (3:18)",
        "There can be only one argument named \"reason\". (3:35, 3:48)",
        "Cannot extend type \"Quary\" because it is not defined. Did you mean \"Query\"? (4:13)");
}
