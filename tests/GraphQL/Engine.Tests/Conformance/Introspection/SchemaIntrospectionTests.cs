using System.Text.Json;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance.TypeSystem;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Conformance.Introspection;

[SpecSection("sec-Schema-Introspection")]
public sealed class SchemaIntrospectionTests
{
    [Theory]
    [SpecSection("sec-Schema-Introspection.First-Class-Documentation")]
    [SpecSection("sec-The-__Schema-Type")]
    [SpecSection("sec-The-__Type-Type")]
    [SpecSection("sec-The-__Field-Type")]
    [SpecSection("sec-The-__InputValue-Type")]
    [SpecSection("sec-The-__EnumValue-Type")]
    [SpecSection("sec-The-__Directive-Type")]
    [MemberData(nameof(Corpus.Names), MemberType = typeof(Corpus))]
    public async Task Tells_a_client_everything_so_that_it_can_build_the_same_schema(string name)
    {
        var client = await ClientSchema.Of(SdlSchemaBuilder.FromSdl(Corpus.Texts[name]));

        Assert.Empty(SchemaValidator.Validate(client));
        Assert.Equal(Corpus.Texts[name], SchemaPrinter.Print(client));
    }

    [Fact]
    [SpecSection("sec-Schema-Introspection.Stable-Ordering")]
    public async Task Lists_in_the_order_of_definition_time_and_again()
    {
        const string Text = "type Query { b(z: Int, y: Int): Int a: E } type B { a: Int } type A { a: Int } enum E { Z Y } directive @z on FIELD directive @a on FIELD";
        const string Question =
            """
            { __schema { types { name fields { name args { name } } enumValues { name } } directives { name } } }
            """;

        var first = await Run.Async(SdlSchemaBuilder.FromSdl(Text), Question);

        Assert.Equal(first, await Run.Async(SdlSchemaBuilder.FromSdl(Text), Question));
        var schema = JsonElement.Parse(first).GetProperty("data").GetProperty("__schema");
        Assert.Equal(["Query", "Int", "B", "A", "E"], NamesOf(schema.GetProperty("types")).Take(5));
        Assert.Equal(["b", "a"], NamesOf(schema.GetProperty("types")[0].GetProperty("fields")));
        Assert.Equal(["z", "y"], NamesOf(schema.GetProperty("types")[0].GetProperty("fields")[0].GetProperty("args")));
        Assert.Equal(["Z", "Y"], NamesOf(schema.GetProperty("types")[4].GetProperty("enumValues")));
        Assert.Equal(["z", "a"], NamesOf(schema.GetProperty("directives")).Take(2));
    }

    [Fact]
    [SpecSection("sec-Schema-Introspection.Schema-Introspection-Schema")]
    public void Is_itself_made_of_types_of_this_shape() => Assert.Equal(
        """
        __Schema: description: String, types: [__Type!]!, queryType: __Type!, mutationType: __Type, subscriptionType: __Type, directives: [__Directive!]!
        __Type: kind: __TypeKind!, name: String, description: String, specifiedByURL: String, fields(includeDeprecated: Boolean = false): [__Field!], interfaces: [__Type!], possibleTypes: [__Type!], enumValues(includeDeprecated: Boolean = false): [__EnumValue!], inputFields(includeDeprecated: Boolean = false): [__InputValue!], ofType: __Type, isOneOf: Boolean
        __TypeKind: SCALAR, OBJECT, INTERFACE, UNION, ENUM, INPUT_OBJECT, LIST, NON_NULL
        __Field: name: String!, description: String, args(includeDeprecated: Boolean = false): [__InputValue!]!, type: __Type!, isDeprecated: Boolean!, deprecationReason: String
        __InputValue: name: String!, description: String, type: __Type!, defaultValue: String, isDeprecated: Boolean!, deprecationReason: String
        __EnumValue: name: String!, description: String, isDeprecated: Boolean!, deprecationReason: String
        __Directive: name: String!, description: String, isRepeatable: Boolean!, locations: [__DirectiveLocation!]!, args(includeDeprecated: Boolean = false): [__InputValue!]!
        __DirectiveLocation: QUERY, MUTATION, SUBSCRIPTION, FIELD, FRAGMENT_DEFINITION, FRAGMENT_SPREAD, INLINE_FRAGMENT, VARIABLE_DEFINITION, SCHEMA, SCALAR, OBJECT, FIELD_DEFINITION, ARGUMENT_DEFINITION, INTERFACE, UNION, ENUM, ENUM_VALUE, INPUT_OBJECT, INPUT_FIELD_DEFINITION, DIRECTIVE_DEFINITION
        """,
        string.Join('\n', SdlText.Schema("").Types.Values.Where(t => t.Name.StartsWith("__", StringComparison.Ordinal)).Select(Shape)));

    [Theory]
    [SpecSection("sec-Introspection.Reserved-Names")]
    [SpecSection("sec-Schema-Introspection")]
    [InlineData("{ __schema { queryType { name } } }", """{"__schema":{"queryType":{"name":"Query"}}}""")]
    [InlineData("query ($n: String!) { __type(name: $n) { name } }", """{"__type":{"name":"Query"}}""")]
    [InlineData("{ ... on Query { s: __schema { t: __typename } } }", """{"s":{"t":"__Schema"}}""")]
    public async Task Is_asked_at_the_root_of_queries(string document, string data)
        => Assert.Equal(Expect.Data(data), await Run.Async(SdlText.Schema(""), document, """{"n":"Query"}"""));

    [Theory]
    [InlineData("mutation { __schema { queryType { name } } }", "Cannot query field \"__schema\" on type \"Mutation\". (1:12)")]
    [InlineData("{ adopt: keeper(id: 1) { __type(name: \"Query\") { name } } }", "Cannot query field \"__type\" on type \"Keeper\". (1:26)")]
    [InlineData("{ __type { name } }", "Field \"__type\" argument \"name\" of type \"String!\" is required, but it was not provided. (1:3)")]
    public void Is_asked_nowhere_else(string document, string error)
        => Assert.Equal([error], Validation.Judged.Against(PetSchema.Schema, document));

    private static IEnumerable<string?> NamesOf(JsonElement list) => list.EnumerateArray().Select(e => e.GetProperty("name").GetString());

    private static string Shape(NamedType type) => $"{type.Name}: " + string.Join(", ", type is EnumType values
        ? values.Values.Keys
        : ((ObjectType)type).Fields.Values.Select(f => $"{f.Name}{Shape(f.Arguments)}: {f.Type}"));

    private static string Shape(IReadOnlyList<InputValueDefinition> arguments) => arguments.Count == 0
        ? ""
        : $"({string.Join(", ", arguments.Select(a => $"{a.Name}: {a.Type}{(a.DefaultValue is { } literal ? $" = {SyntaxPrinter.Print(literal)}" : "")}"))})";
}
