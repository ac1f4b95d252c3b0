using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Type-System.Directives")]
public sealed class DirectiveTests
{
    [Fact]
    [SpecSection("sec-Type-System.Directives.Built-in-Directives")]
    public void Include_five_that_every_schema_has()
    {
        Assert.Equal(["include", "skip", "deprecated", "specifiedBy", "oneOf"], SdlText.Schema("").Directives.Keys);
        Assert.Equal(
            ["mine", "include", "skip", "deprecated", "specifiedBy", "oneOf"], SdlText.Schema("directive @mine on FIELD").Directives.Keys);
        Assert.DoesNotContain("directive", SchemaPrinter.Print(SdlText.Schema("")), StringComparison.Ordinal);
    }

    [Fact]
    [SpecSection("sec-Type-System.Directives.Built-in-Directives")]
    [SpecSection("sec--skip")]
    [SpecSection("sec--include")]
    [SpecSection("sec--deprecated")]
    [SpecSection("sec--specifiedBy")]
    [SpecSection("sec--oneOf")]
    public void Include_five_of_this_shape() => Assert.Equal(
        [
            "include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
            "skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT",
            "deprecated(reason: String! = \"No longer supported\") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE",
            "specifiedBy(url: String!) on SCALAR",
            "oneOf() on INPUT_OBJECT",
        ],
        BuiltInDirectives.All.Select(Shape));

    [Fact]
    [SpecSection("sec-Type-System.Directives.Custom-Directives")]
    public void May_be_of_ones_own_kind_with_arguments_and_repeated()
    {
        var schema = SdlText.Schema("\"Marks.\" directive @mark(by: In! = {a: 1}, times: [Int!] @deprecated) repeatable on OBJECT | QUERY input In { a: Int }");

        Assert.Empty(SchemaValidator.Validate(schema));
        Assert.Equal("mark(by: In! = {a: 1}, times: [Int!]) repeatable on OBJECT | QUERY", Shape(schema.Directives["mark"]));
        Assert.Equal("Marks.", schema.Directives["mark"].Description);
        Assert.Equal("No longer supported", schema.Directives["mark"].Arguments[1].DeprecationReason);
        Assert.Empty(Validation.Judged.Against(schema, "query @mark @mark(by: {a: 2}) { a }"));
    }

    [Theory]
    [SpecSection("sec-Type-System.Directives.Custom-Directives")]
    [InlineData("QUERY", "query @d { a }")]
    [InlineData("MUTATION", "mutation @d { a }")]
    [InlineData("SUBSCRIPTION", "subscription @d { a }")]
    [InlineData("FIELD", "{ a @d }")]
    [InlineData("FRAGMENT_DEFINITION", "{ ...F } fragment F on Query @d { a }")]
    [InlineData("FRAGMENT_SPREAD", "{ ...F @d } fragment F on Query { a }")]
    [InlineData("INLINE_FRAGMENT", "{ ... @d { a } }")]
    [InlineData("VARIABLE_DEFINITION", "query ($v: Int @d) { b(v: $v) }")]
    public void Stand_in_documents_where_they_say(string location, string document)
    {
        const string Roots = "schema { query: Query mutation: Query subscription: Query } type Query { a: Int b(v: Int): Int }";
        var other = location == "FIELD" ? "QUERY" : "FIELD";

        Assert.Empty(Validation.Judged.Against(SdlSchemaBuilder.FromSdl($"directive @d on {location} {Roots}"), document));
        Assert.Equal(
            [$"Directive \"@d\" may not be used on {location}. (1:{document.IndexOf('@', StringComparison.Ordinal) + 1})"],
            Validation.Judged.Against(SdlSchemaBuilder.FromSdl($"directive @d on {other} {Roots}"), document));
    }

    [Theory]
    [SpecSection("sec-Type-System.Directives.Type-Validation")]
    [InlineData("directive @__d on FIELD", "Name \"__d\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("directive @d(__a: Int) on FIELD", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("directive @d(a: Query) on FIELD", "The type of @d(a:) must be Input Type but got: Query.")]
    [InlineData("directive @d(a: Int, a: Int) on FIELD", "Argument \"@d(a:)\" can only be defined once.")]
    [InlineData("directive @d(a: Int! @deprecated) on FIELD", "Required argument @d(a:) cannot be deprecated.")]
    [InlineData("directive @d(a: Int = A) on FIELD", "@d(a:) has invalid default value A: expected a value of type \"Int\".")]
    public void Refuse_definitions_that_break_a_rule(string definition, string problem) => Assert.Equal([problem], SdlText.Problems(definition));

    [Theory]
    [SpecSection("sec-Type-System.Directives.Type-Validation")]
    [InlineData("directive @d(a: Int @d) on ARGUMENT_DEFINITION", "Directive \"@d\" must not refer to itself.")]
    [InlineData(
        "directive @d(a: [In!]) on INPUT_FIELD_DEFINITION input In { a: Int @d }", "Directive \"@d\" must not refer to itself through \"In\".")]
    [InlineData(
        "directive @d(a: E) on ENUM_VALUE enum E { A } extend enum E { B @d }", "Directive \"@d\" must not refer to itself through \"E\".")]
    [InlineData("directive @d(a: S) on SCALAR scalar S extend scalar S @d", "Directive \"@d\" must not refer to itself through \"S\".")]
    [InlineData(
        "directive @d(a: A) on INPUT_OBJECT input A { b: B } input B @d { c: Int }",
        "Directive \"@d\" must not refer to itself through \"A\", \"B\".")]
    [InlineData(
        "directive @d(a: Int @e) on ARGUMENT_DEFINITION directive @e(a: Int @d) on ARGUMENT_DEFINITION",
        "Directive \"@d\" must not refer to itself through \"@e\".",
        "Directive \"@e\" must not refer to itself through \"@d\".")]
    public void Refuse_directives_that_refer_to_themselves(string definitions, params string[] problems)
        => Assert.Equal(problems, SdlText.Problems(definitions));

    [Theory]
    [SpecSection("sec-Type-System.Directives.Type-Validation")]
    [InlineData("directive @d(a: In) on ARGUMENT_DEFINITION input In { in: In } type T { f(x: In @d): Int }")]
    [InlineData("directive @d(a: Int @e) on FIELD directive @e(b: Int) on ARGUMENT_DEFINITION")]
    public void Accept_directives_that_others_refer_to(string definitions) => Assert.Empty(SdlText.Problems(definitions));

    private static string Shape(DirectiveDefinition directive)
        => $"{directive.Name}({string.Join(", ", directive.Arguments.Select(Shape))}){(directive.IsRepeatable ? " repeatable" : "")} on "
            + string.Join(" | ", directive.Locations.Select(DirectiveLocations.NameOf));

    private static string Shape(InputValueDefinition argument)
        => $"{argument.Name}: {argument.Type}{(argument.DefaultValue is { } literal ? $" = {SyntaxPrinter.Print(literal)}" : "")}";
}
