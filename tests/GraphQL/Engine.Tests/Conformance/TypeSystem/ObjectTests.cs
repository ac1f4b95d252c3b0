using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.TypeSystem;

[SpecSection("sec-Objects")]
public sealed class ObjectTests
{
    private static readonly Node Tree = new("a", new Node("b"));

    [Theory]
    [SpecSection("sec-Objects.Field-Ordering")]
    [InlineData("{ node { child { name } name } }", """{"node":{"child":{"name":"b"},"name":"a"}}""")]
    [InlineData("{ node { ...F name } } fragment F on Node { x: name child { name } }", """{"node":{"x":"a","child":{"name":"b"},"name":"a"}}""")]
    [InlineData("{ node { name x: name ... { name child { name } } } }", """{"node":{"name":"a","x":"a","child":{"name":"b"}}}""")]
    [InlineData("{ node { lateName name ... @skip(if: true) { x: name } lateChild { name } child { name } } }", """{"node":{"lateName":"a","name":"a","lateChild":{"name":"b"},"child":{"name":"b"}}}""")]
    public async Task Answer_fields_in_the_order_in_which_they_are_met(string document, string data)
        => Assert.Equal(Expect.Data(data), await Run.Async(Node.Schema(Tree), document));

    [Fact]
    [SpecSection("sec-Objects.Result-Coercion")]
    public async Task Answer_an_object_with_what_is_selected_or_null() => Assert.Equal(
        Expect.Data("""{"node":{"child":{"name":"b","child":null}}}"""),
        await Run.Async(Node.Schema(Tree), "{ node { child { name child { name } } } }"));

    [Theory]
    [SpecSection("sec-Objects.Type-Validation")]
    [InlineData("type T", "Type T must define one or more fields.")]
    [InlineData("type T { __a: Int }", "Name \"__a\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type T { a: Int a: Int }", "Field \"T.a\" can only be defined once.")]
    [InlineData("type T { a: In } input In { a: Int }", "The type of T.a must be Output Type but got: In.")]
    [InlineData("type T { a(__b: Int): Int }", "Name \"__b\" must not begin with \"__\", which is reserved by GraphQL introspection.")]
    [InlineData("type T { a(b: Int!, b: Int): Int }", "Argument \"T.a(b:)\" can only be defined once.")]
    [InlineData("type T { a(b: Query): Int }", "The type of T.a(b:) must be Input Type but got: Query.")]
    [InlineData("type T { a(b: Int! @deprecated): Int }", "Required argument T.a(b:) cannot be deprecated.")]
    [InlineData("type T implements Query { a: Int }", "Type T must only implement Interface types, it cannot implement Query.")]
    [InlineData("type T implements I & I { a: Int } interface I { a: Int }", "Type T can only implement I once.")]
    [InlineData(
        "type T implements J { a: Int b: Int } interface I { a: Int } interface J implements I { a: Int b: Int }",
        "Type T must implement I because it is implemented by J.")]
    [InlineData("type T implements I { b: Int } interface I { a: Int }", "Interface field I.a expected but T does not provide it.")]
    public void Refuse_definitions_that_break_a_rule(string definitions, string problem) => Assert.Equal([problem], SdlText.Problems(definitions));

    [Theory]
    [SpecSection("sec-Field-Arguments")]
    [InlineData("two(a: 1)", "1 2")]
    [InlineData("two(b: 3)", "absent 3")]
    [InlineData("defaulted", "5")]
    [InlineData("required", "Field \"required\" argument \"x\" of type \"Int!\" is required, but it was not provided.")]
    public async Task Take_arguments_that_are_required_optional_or_have_a_default(string selection, string seen)
        => Assert.Equal(seen, await Echo.Seen(selection));

    [Fact]
    [SpecSection("sec-Field-Deprecation")]
    public async Task Answer_deprecated_fields_like_any_other()
    {
        var schema = new GraphQL.Types.Schema(Fields.Object(
            "Query",
            new GraphQL.Types.FieldDefinition("old", Fields.Int)
            {
                DeprecationReason = "Use another.",
                Resolver = new GraphQL.Types.Resolvers.DelegateResolver(_ => ValueTask.FromResult<object?>(1)),
            }));

        Assert.Equal(Expect.Data("""{"old":1}"""), await Run.Async(schema, "{ old }"));
    }
}
