using System.Text.Json;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;

namespace Apc.GraphQL.Tests.Types.Introspection;

[SpecSection("sec-Introspection")]
public class IntrospectionTests
{
    private static readonly Schema Shop = SdlSchemaBuilder.FromSdl(
        """
        "Everything for sale."
        schema { query: Query subscription: Events }
        type Query {
          "All of it."
          goods(kind: [Kind!] = [TOOL], old: Int @deprecated): [Good!]!
          gone: String @deprecated(reason: "Sold out.")
        }
        type Events { sold: Tool }
        interface Good { price: Money }
        interface Sharp implements Good { price: Money }
        type Tool implements Sharp & Good { price: Money }
        type Toy implements Good { price: Money }
        union Gift = Toy | Tool
        enum Kind { TOOL "For children." TOY NOTHING @deprecated }
        input Offer @oneOf { price: Money, note: String @deprecated(reason: "Nobody reads it.") }
        input Basket { offers: [Offer] = [{note: "none"}] }
        "Euros."
        scalar Money @specifiedBy(url: "https://example.org/money")
        directive @sale(until: String! = "noon", from: String @deprecated) repeatable on FIELD | QUERY
        """);

    private static Task<string> Ask(string document, string? variables = null) => Run.Async(Shop, document, variables);

    [Fact]
    [SpecSection("sec-The-__Schema-Type")]
    public async Task Describes_the_schema() => Assert.Equal(
        """{"data":{"__schema":{"description":"Everything for sale.","queryType":{"name":"Query"},"mutationType":null,"subscriptionType":{"name":"Events"},"__typename":"__Schema"}}}""",
        await Ask("{ __schema { description queryType { name } mutationType { name } subscriptionType { name } __typename } }"));

    [Fact]
    [SpecSection("sec-The-__Schema-Type")]
    public async Task Lists_every_type_that_is_in_use() => Assert.Equal(
        "Query,Int,String,Events,Good,Sharp,Tool,Toy,Gift,Kind,Offer,Basket,Money,Boolean,"
            + "__Schema,__Type,__TypeKind,__Field,__InputValue,__EnumValue,__Directive,__DirectiveLocation",
        string.Join(',', JsonElement.Parse(await Ask("{ __schema { types { name } } }"))
            .GetProperty("data").GetProperty("__schema").GetProperty("types").EnumerateArray()
            .Select(t => t.GetProperty("name").GetString())));

    [Theory]
    [SpecSection("sec-The-__Type-Type.Scalar")]
    [SpecSection("sec-The-__Type-Type.Object")]
    [SpecSection("sec-The-__Type-Type.Union")]
    [SpecSection("sec-The-__Type-Type.Interface")]
    [SpecSection("sec-The-__Type-Type.Enum")]
    [SpecSection("sec-The-__Type-Type.Input-Object")]
    [SpecSection("sec-The-__Type-Type")]
    [InlineData("Tool", """{"kind":"OBJECT","name":"Tool","description":null,"specifiedByURL":null,"fields":[{"name":"price"}],"interfaces":[{"name":"Sharp"},{"name":"Good"}],"possibleTypes":null,"enumValues":null,"inputFields":null,"isOneOf":null,"ofType":null}""")]
    [InlineData("Good", """{"kind":"INTERFACE","name":"Good","description":null,"specifiedByURL":null,"fields":[{"name":"price"}],"interfaces":[],"possibleTypes":[{"name":"Tool"},{"name":"Toy"}],"enumValues":null,"inputFields":null,"isOneOf":null,"ofType":null}""")]
    [InlineData("Gift", """{"kind":"UNION","name":"Gift","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":[{"name":"Toy"},{"name":"Tool"}],"enumValues":null,"inputFields":null,"isOneOf":null,"ofType":null}""")]
    [InlineData("Kind", """{"kind":"ENUM","name":"Kind","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":[{"name":"TOOL"},{"name":"TOY"}],"inputFields":null,"isOneOf":null,"ofType":null}""")]
    [InlineData("Offer", """{"kind":"INPUT_OBJECT","name":"Offer","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":[{"name":"price"}],"isOneOf":true,"ofType":null}""")]
    [InlineData("Basket", """{"kind":"INPUT_OBJECT","name":"Basket","description":null,"specifiedByURL":null,"fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":[{"name":"offers"}],"isOneOf":false,"ofType":null}""")]
    [InlineData("Money", """{"kind":"SCALAR","name":"Money","description":"Euros.","specifiedByURL":"https://example.org/money","fields":null,"interfaces":null,"possibleTypes":null,"enumValues":null,"inputFields":null,"isOneOf":null,"ofType":null}""")]
    [InlineData("Nothing", "null")]
    public async Task Describes_a_type_of_each_kind(string name, string type) => Assert.Equal(
        $$$"""{"data":{"__type":{{{type}}}}}""",
        await Ask(
            """
            query ($name: String!) {
              __type(name: $name) {
                kind name description specifiedByURL fields { name } interfaces { name } possibleTypes { name }
                enumValues { name } inputFields { name } isOneOf ofType { name }
              }
            }
            """,
            $$"""{"name": "{{name}}"}"""));

    [Fact]
    [SpecSection("sec-The-__InputValue-Type")]
    [SpecSection("sec-The-__Type-Type.List")]
    [SpecSection("sec-The-__Type-Type.Non-Null")]
    [SpecSection("sec-The-__Field-Type")]
    public async Task Describes_fields_arguments_and_wrapped_types() => Assert.Equal(
        """{"data":{"__type":{"fields":[{"name":"goods","description":"All of it.","args":[{"name":"kind","defaultValue":"[TOOL]","type":{"kind":"LIST","name":null,"ofType":{"kind":"NON_NULL","ofType":{"kind":"ENUM","name":"Kind"}}}}],"type":{"kind":"NON_NULL","ofType":{"kind":"LIST","ofType":{"kind":"NON_NULL","ofType":{"name":"Good"}}}},"isDeprecated":false,"deprecationReason":null}]}}}""",
        await Ask(
            """
            {
              __type(name: "Query") {
                fields {
                  name description
                  args { name defaultValue type { kind name ofType { kind ofType { kind name } } } }
                  type { kind ofType { kind ofType { kind ofType { name } } } }
                  isDeprecated deprecationReason
                }
              }
            }
            """));

    [Theory]
    [SpecSection("sec-Schema-Introspection.Deprecation")]
    [InlineData("", """{"query":{"fields":[{"name":"goods","args":[{"name":"kind"}]}]},"kind":{"enumValues":[{"name":"TOOL"},{"name":"TOY"}]},"offer":{"inputFields":[{"name":"price"}]}}""")]
    [InlineData("(includeDeprecated: false)", """{"query":{"fields":[{"name":"goods","args":[{"name":"kind"}]}]},"kind":{"enumValues":[{"name":"TOOL"},{"name":"TOY"}]},"offer":{"inputFields":[{"name":"price"}]}}""")]
    [InlineData("(includeDeprecated: null)", """{"query":{"fields":[{"name":"goods","args":[{"name":"kind"}]}]},"kind":{"enumValues":[{"name":"TOOL"},{"name":"TOY"}]},"offer":{"inputFields":[{"name":"price"}]}}""")]
    [InlineData("(includeDeprecated: true)", """{"query":{"fields":[{"name":"goods","args":[{"name":"kind"},{"name":"old"}]},{"name":"gone","args":[]}]},"kind":{"enumValues":[{"name":"TOOL"},{"name":"TOY"},{"name":"NOTHING"}]},"offer":{"inputFields":[{"name":"price"},{"name":"note"}]}}""")]
    public async Task Leaves_out_what_is_deprecated_unless_asked(string argument, string data) => Assert.Equal(
        $$"""{"data":{{data}}}""",
        await Ask(
            $$"""
            {
              query: __type(name: "Query") { fields{{argument}} { name args{{argument}} { name } } }
              kind: __type(name: "Kind") { enumValues{{argument}} { name } }
              offer: __type(name: "Offer") { inputFields{{argument}} { name } }
            }
            """));

    [Fact]
    [SpecSection("sec-The-__EnumValue-Type")]
    [SpecSection("sec-Field-Deprecation")]
    [SpecSection("sec-Schema-Introspection.Deprecation")]
    public async Task Says_why_something_is_deprecated() => Assert.Equal(
        """{"data":{"query":{"fields":[{"isDeprecated":false,"deprecationReason":null},{"isDeprecated":true,"deprecationReason":"Sold out."}]},"kind":{"enumValues":[{"description":null,"isDeprecated":false,"deprecationReason":null},{"description":"For children.","isDeprecated":false,"deprecationReason":null},{"description":null,"isDeprecated":true,"deprecationReason":"No longer supported"}]},"offer":{"inputFields":[{"isDeprecated":false,"deprecationReason":null},{"isDeprecated":true,"deprecationReason":"Nobody reads it."}]}}}""",
        await Ask(
            """
            {
              query: __type(name: "Query") { fields(includeDeprecated: true) { isDeprecated deprecationReason } }
              kind: __type(name: "Kind") { enumValues(includeDeprecated: true) { description isDeprecated deprecationReason } }
              offer: __type(name: "Offer") { inputFields(includeDeprecated: true) { isDeprecated deprecationReason } }
            }
            """));

    [Fact]
    [SpecSection("sec-The-__Directive-Type")]
    public async Task Describes_directives() => Assert.Equal(
        """{"data":{"__schema":{"directives":[{"name":"sale","isRepeatable":true,"locations":["FIELD","QUERY"],"args":[{"name":"until","defaultValue":"\"noon\""},{"name":"from","defaultValue":null}]},{"name":"include","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"skip","isRepeatable":false,"locations":["FIELD","FRAGMENT_SPREAD","INLINE_FRAGMENT"],"args":[{"name":"if","defaultValue":null}]},{"name":"deprecated","isRepeatable":false,"locations":["FIELD_DEFINITION","ARGUMENT_DEFINITION","INPUT_FIELD_DEFINITION","ENUM_VALUE"],"args":[{"name":"reason","defaultValue":"\"No longer supported\""}]},{"name":"specifiedBy","isRepeatable":false,"locations":["SCALAR"],"args":[{"name":"url","defaultValue":null}]},{"name":"oneOf","isRepeatable":false,"locations":["INPUT_OBJECT"],"args":[]}]}}}""",
        await Ask("{ __schema { directives { name isRepeatable locations args(includeDeprecated: true) { name defaultValue } } } }"));

    [Fact]
    [SpecSection("sec-Type-Name-Introspection")]
    public async Task Names_the_types_of_introspection_themselves() => Assert.Equal(
        """{"data":{"__typename":"Query","__type":{"__typename":"__Type","kind":"ENUM","enumValues":[{"name":"SCALAR"},{"name":"OBJECT"},{"name":"INTERFACE"},{"name":"UNION"},{"name":"ENUM"},{"name":"INPUT_OBJECT"},{"name":"LIST"},{"name":"NON_NULL"}]}}}""",
        await Ask("""{ __typename __type(name: "__TypeKind") { __typename kind enumValues { name } } }"""));
}
