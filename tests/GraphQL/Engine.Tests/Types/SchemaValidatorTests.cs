using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;

namespace Apc.GraphQL.Tests.Types;

[SpecSection("sec-Type-System")]
public class SchemaValidatorTests
{
    private static IReadOnlyList<string> Problems(string sdl) => SchemaValidator.Validate(SdlSchemaBuilder.FromSdl(sdl));

    private static void Rejects(string definitions, params string[] problems)
        => Assert.Equal(problems, Problems("type Query { a: Int }\n" + definitions));

    [Fact]
    public void Accepts_a_schema_with_something_of_everything() => Assert.Empty(Problems(PetSchema.Sdl));

    [Fact]
    [SpecSection("sec-Root-Operation-Types")]
    public void Demands_a_query_root() => Assert.Equal(["Query root type must be provided."], Problems("type Other { a: Int }"));

    [Fact]
    [SpecSection("sec-Root-Operation-Types")]
    public void Rejects_one_type_for_two_roots()
    {
        Assert.Equal(
            ["All root types must be different, \"Query\" type is used as query and mutation root types."],
            Problems("schema { query: Query mutation: Query } type Query { a: Int }"));
        Assert.Equal(
            ["All root types must be different, \"Query\" type is used as query, mutation, and subscription root types."],
            Problems("schema { query: Query mutation: Query subscription: Query } type Query { a: Int }"));
    }

    [Fact]
    public void Rejects_two_types_of_one_name()
        => Assert.Equal(
            ["Schema must contain uniquely named types but contains multiple types named \"String\"."],
            SchemaValidator.Validate(new Schema(
                new ObjectType("Query", () => [new("a", BuiltInScalars.String), new("b", new EnumType("String", [new("A")]))]))));

    [Theory]
    [SpecSection("sec-Introspection.Reserved-Names")]
    [SpecSection("sec-Names.Reserved-Names")]
    [InlineData("type __Mine { a: Int }", "__Mine")]
    [InlineData("type Mine { __a: Int }", "__a")]
    [InlineData("type Mine { a(__b: Int): Int }", "__b")]
    [InlineData("enum Mine { __A }", "__A")]
    [InlineData("input Mine { __a: Int }", "__a")]
    [InlineData("directive @__mine on FIELD", "__mine")]
    [InlineData("directive @mine(__a: Int) on FIELD", "__a")]
    public void Rejects_names_that_are_reserved(string definition, string name)
        => Rejects(definition, $"Name \"{name}\" must not begin with \"__\", which is reserved by GraphQL introspection.");

    [Theory]
    [SpecSection("sec-Names")]
    [InlineData("", "Expected name to be a non-empty string.")]
    [InlineData("with space", "Names must only contain [_a-zA-Z0-9] but \"with space\" does not.")]
    [InlineData("Ölpreis", "Names must start with [_a-zA-Z] but \"Ölpreis\" does not.")]
    [InlineData("1st", "Names must start with [_a-zA-Z] but \"1st\" does not.")]
    public void Rejects_names_of_other_characters(string name, string problem)
        => Assert.Equal([problem], SchemaValidator.Validate(new Schema(new ObjectType("Query", () => [new(name, BuiltInScalars.Int)]))));

    [Theory]
    [SpecSection("sec-Objects.Type-Validation")]
    [SpecSection("sec-Interfaces.Type-Validation")]
    [SpecSection("sec-Unions.Type-Validation")]
    [SpecSection("sec-Enums.Type-Validation")]
    [SpecSection("sec-Input-Objects.Type-Validation")]
    [InlineData("type Empty", "Type Empty must define one or more fields.")]
    [InlineData("interface Empty", "Type Empty must define one or more fields.")]
    [InlineData("union Empty", "Union type Empty must define one or more member types.")]
    [InlineData("enum Empty", "Enum type Empty must define one or more values.")]
    [InlineData("input Empty", "Input Object type Empty must define one or more fields.")]
    public void Rejects_types_without_members(string definition, string problem) => Rejects(definition, problem);

    [Fact]
    [SpecSection("sec-Type-System.Directives.Type-Validation")]
    public void Rejects_directives_without_locations()
        => Assert.Equal(
            ["Directive @nowhere must include 1 or more locations."],
            SchemaValidator.Validate(new Schema(
                new ObjectType("Query", () => [new("a", BuiltInScalars.Int)]), directives: [new DirectiveDefinition("nowhere", [])])));

    [Fact]
    [SpecSection("sec-Objects.Type-Validation")]
    [SpecSection("sec-Unions.Type-Validation")]
    [SpecSection("sec-Enums.Type-Validation")]
    [SpecSection("sec-Input-Objects.Type-Validation")]
    [SpecSection("sec-Type-System.Directives.Type-Validation")]
    public void Rejects_members_that_are_there_twice()
    {
        FieldDefinition Field(string name) => new(name, BuiltInScalars.Int);
        InputValueDefinition Input(string name) => new(name, BuiltInScalars.Int);

        Assert.Equal(
            [
                "Argument \"@mine(a:)\" can only be defined once.",
                "Field \"Query.b\" can only be defined once.",
                "Argument \"Query.a(x:)\" can only be defined once.",
                "Enum value \"Letters.A\" can only be defined once.",
                "Field \"In.a\" can only be defined once.",
                "Union type Either can only include type Query once.",
            ],
            SchemaValidator.Validate(Twice()));

        Schema Twice()
        {
            ObjectType query = null!;
            query = new ObjectType("Query", () => [new("a", BuiltInScalars.Int) { Arguments = [Input("x"), Input("y"), Input("x")] }, Field("b"), Field("b")]);
            return new Schema(
                query,
                types:
                [
                    query,
                    new EnumType("Letters", [new("A"), new("B"), new("A")]),
                    new InputObjectType("In", () => [Input("a"), Input("a")]),
                    new UnionType("Either", () => [query, query]),
                ],
                directives: [new DirectiveDefinition("mine", [DirectiveLocation.Field]) { Arguments = [Input("a"), Input("a")] }]);
        }
    }

    [Theory]
    [SpecSection("sec-Input-and-Output-Types")]
    [SpecSection("sec-Field-Arguments")]
    [InlineData("input In { a: Int } type Mine { a: [In!] }", "The type of Mine.a must be Output Type but got: [In!].")]
    [InlineData("type Mine { a(b: Query!): Int }", "The type of Mine.a(b:) must be Input Type but got: Query!.")]
    [InlineData("input Mine { a: Query }", "The type of Mine.a must be Input Type but got: Query.")]
    [InlineData("directive @mine(a: Query) on FIELD", "The type of @mine(a:) must be Input Type but got: Query.")]
    public void Rejects_types_on_the_wrong_side(string definition, string problem) => Rejects(definition, problem);

    [Theory]
    [SpecSection("sec--deprecated")]
    [InlineData("type Mine { a(b: Int! @deprecated): Int }", "Required argument Mine.a(b:) cannot be deprecated.")]
    [InlineData("input Mine { a: Int! @deprecated }", "Required input field Mine.a cannot be deprecated.")]
    [InlineData("directive @mine(a: Int! @deprecated) on FIELD", "Required argument @mine(a:) cannot be deprecated.")]
    public void Rejects_deprecation_of_what_must_be_given(string definition, string problem) => Rejects(definition, problem);

    [Fact]
    [SpecSection("sec--deprecated")]
    public void Accepts_deprecation_of_what_has_a_default() => Rejects("type Mine { a(b: Int! = 1 @deprecated): Int }");

    [Theory]
    [SpecSection("sec--oneOf")]
    [SpecSection("sec-OneOf-Input-Objects")]
    [InlineData("input Mine @oneOf { a: Int! }", "OneOf input field Mine.a must be nullable.")]
    [InlineData("input Mine @oneOf { a: Int = 1 }", "OneOf input field Mine.a cannot have a default value.")]
    public void Rejects_one_of_fields_that_cannot_be_left_out(string definition, string problem) => Rejects(definition, problem);

    [Theory]
    [SpecSection("sec-Objects.Type-Validation")]
    [SpecSection("sec-Interfaces.Type-Validation")]
    [SpecSection("sec-Interfaces.Interfaces-Implementing-Interfaces")]
    [SpecSection("IsValidImplementation()")]
    [InlineData("type Mine implements I { b: Int }", "Interface field I.a expected but Mine does not provide it.")]
    [InlineData("type Mine implements I & I { a(x: Int): I }", "Type Mine can only implement I once.")]
    [InlineData("type Mine implements I { a(x: Int): Query }", "Interface field I.a expects type I but Mine.a is type Query.")]
    [InlineData("type Mine implements I { a(x: Int): [I] }", "Interface field I.a expects type I but Mine.a is type [I].")]
    [InlineData("type Mine implements I { a: I }", "Interface field argument I.a(x:) expected but Mine.a does not provide it.")]
    [InlineData("type Mine implements I { a(x: Int!): I }", "Interface field argument I.a(x:) expects type Int but Mine.a(x:) is type Int!.")]
    [InlineData(
        "type Mine implements I { a(x: Int, y: Int!): I }",
        "Object field Mine.a includes required argument y that is missing from the Interface field I.a.")]
    [InlineData(
        "type Mine implements I { a(x: Int): I @deprecated }",
        "Interface field I.a is not deprecated, so implementation field Mine.a must not be deprecated.")]
    [InlineData("interface Mine implements J { b: Int a(x: Int): I }", "Type Mine must implement I because it is implemented by J.")]
    [InlineData("interface Mine implements Mine { a: Int }", "Type Mine cannot implement itself because it would create a circular reference.")]
    public void Rejects_types_that_break_the_promise_of_an_interface(string definition, string problem)
        => Rejects($"interface I {{ a(x: Int): I }} interface J implements I {{ b: Int a(x: Int): I }}\n{definition}", problem);

    [Fact]
    [SpecSection("IsValidImplementation()")]
    public void Rejects_interfaces_that_implement_each_other()
        => Rejects(
            "interface One implements Two { a: Int } interface Two implements One { a: Int }",
            "Type One cannot implement Two because it would create a circular reference.",
            "Type Two cannot implement One because it would create a circular reference.");

    [Theory]
    [SpecSection("sec-Objects.Type-Validation")]
    [SpecSection("IsValidImplementation()")]
    [InlineData("a(x: Int): I")]
    [InlineData("a(x: Int): I!")]
    [InlineData("a(x: Int): Mine")]
    [InlineData("a(x: Int): Mine!")]
    [InlineData("a(x: Int, y: Int, z: Int! = 1): K")]
    public void Accepts_narrower_types_and_further_optional_arguments(string field)
        => Rejects($"interface I {{ a(x: Int): I }} interface K implements I {{ a(x: Int): K }} type Mine implements I {{ {field} }}");

    [Theory]
    [SpecSection("sec-Input-Objects.Circular-References")]
    [InlineData("input A { a: A! }", "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"a\".")]
    [InlineData("input A { b: B! } input B { c: C! } input C { a: A! }", "Cannot reference Input Object \"A\" within itself through a series of non-null fields: \"b.c.a\".")]
    [InlineData("input A { b: B! } input B { x: Int b: B! }", "Cannot reference Input Object \"B\" within itself through a series of non-null fields: \"b\".")]
    public void Rejects_input_objects_that_nobody_could_write(string definition, string problem) => Rejects(definition, problem);

    [Theory]
    [SpecSection("sec-Input-Objects.Circular-References")]
    [InlineData("input A { a: A }")]
    [InlineData("input A { a: [A!]! }")]
    [InlineData("input A { b: B! } input B { a: A }")]
    public void Accepts_input_objects_that_end_somewhere(string definition) => Rejects(definition);

    [Theory]
    [InlineData("type Mine { a(b: Int = \"x\"): Int }", "Mine.a(b:) has invalid default value \"x\": expected a value of type \"Int\".")]
    [InlineData("input In { x: Int! } input Mine { a: In = {y: 1} }", "Mine.a has invalid default value {y: 1}: expected a value of type \"In\".")]
    [InlineData("enum E { A } directive @mine(a: [E!] = [A, B]) on FIELD", "@mine(a:) has invalid default value [A, B]: expected a value of type \"[E!]\".")]
    [InlineData("input Mine { a: Int! = null }", "Mine.a has invalid default value null: expected a value of type \"Int!\".")]
    public void Rejects_defaults_that_are_none_of_the_type(string definition, string problem) => Rejects(definition, problem);

    [Theory]
    [SpecSection("InputObjectDefaultValueHasCycle()")]
    [InlineData(
        "input A { a: A = {} }", "Invalid circular reference. The default value of Input Object field A.a refers to itself.")]
    [InlineData(
        "input A { b: B = {} } input B { a: [A] = [{}] }",
        "Invalid circular reference. The default value of Input Object field A.b refers to itself through the default values of: A.b, B.a.")]
    public void Rejects_defaults_that_need_themselves(string definition, string problem) => Rejects(definition, problem);

    [Theory]
    [SpecSection("InputObjectDefaultValueHasCycle()")]
    [InlineData("input A { a: A = {a: null} }")]
    [InlineData("input A { b: B = {} } input B { a: A = {b: {a: null}} }")]
    [InlineData("input A { a: A = {a: {a: null, other: null}} other: A = {a: null, other: null} }")]
    public void Accepts_defaults_that_end_somewhere(string definition) => Rejects(definition);

    [Fact]
    public void Reports_every_breach_at_once()
    {
        var exception = Assert.Throws<SchemaException>(
            () => SchemaValidator.ThrowIfInvalid(SdlSchemaBuilder.FromSdl("type Query enum Empty union None")));

        Assert.Equal(
            [
                "Type Query must define one or more fields.",
                "Enum type Empty must define one or more values.",
                "Union type None must define one or more member types.",
            ],
            exception.Problems);
        Assert.Equal(
            """
            The schema cannot be used:
            - Type Query must define one or more fields.
            - Enum type Empty must define one or more values.
            - Union type None must define one or more member types.
            """,
            exception.Message);
    }
}
