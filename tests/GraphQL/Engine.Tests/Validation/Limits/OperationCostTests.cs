using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Scalars;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Tests.Validation.Limits;

public class OperationCostTests
{
    private static readonly Schema Schema = SdlSchemaBuilder.FromSdl(
        """
        type Query {
          item: Item
          items: [Item!]!
          page(take: Int, filter: Filter): Page!
          some(take: Int = 4): [Item]
          grid: [[Item!]!]!
          gridOf(take: Int): [[Item!]!]!
          names: [String!]!
          any: Any
        }

        type Mutation { change: Item }

        type Page { items: [Item!]! more: [Item!]! count: Int! inner: Page parts(take: Int): [Item!]! }
        type Item { id: ID name: String parent: Item children: [Item] page(take: Int): Page }
        union Any = Item | Page
        input Filter { take: Int }
        """);

    [Theory]
    [InlineData("{ item { id } }", 2)]
    [InlineData("{ item { id name parent { id } } }", 5)]
    [InlineData("mutation { change { id } }", 2)]
    public void Charges_one_for_each_field(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ names }", 1)]
    [InlineData("{ items { id } }", 11)]
    [InlineData("{ items { id name } }", 21)]
    [InlineData("{ items { children { id } } }", 111)]
    [InlineData("{ grid { id } }", 101)]
    public void Charges_ten_elements_of_a_list_whose_size_nobody_says(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ some(take: 50) { id name } }", 101)]
    [InlineData("{ some(take: 0) { id name } }", 1)]
    [InlineData("{ some(take: 3) { children { id } } }", 34)]
    [InlineData("{ gridOf(take: 3) { id } }", 31)]
    [InlineData("{ some { id } }", 5)]
    [InlineData("{ some(take: null) { id } }", 5)]
    public void Charges_as_many_elements_as_the_field_asks_for(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ page(take: 50) { items { id } count } }", 53)]
    [InlineData("{ page(take: 50) { items { id } more { id name } count } }", 154)]
    [InlineData("{ page { items { id } } }", 12)]
    [InlineData("{ page(take: 5) { items { children { id } } } }", 57)]
    [InlineData("{ page(take: 5) { inner { items { id } } } }", 13)]
    [InlineData("{ page(take: 5) { parts(take: 2) { id } items { page(take: 3) { items { id } } } } }", 30)]
    [InlineData("{ page(filter: { take: 50 }) { items { id } } }", 12)]
    public void Charges_the_lists_directly_inside_a_field_by_what_it_asks_for(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ some(take: -1) { id } }", 101)]
    [InlineData("{ some(take: -100) { id } }", 101)]
    [InlineData("{ some(take: -250) { id } }", 251)]
    public void Charges_a_hundred_elements_or_more_of_a_list_that_is_asked_for_whole_or_backwards(string document, long cost)
        => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ __typename __schema { types { fields { name } } } __type(name: \"Item\") { name } }", 0)]
    [InlineData("{ items { __typename id } }", 11)]
    public void Charges_nothing_for_introspection(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ item { ...F ...F } } fragment F on Item { id ... on Item { name } }", 5)]
    [InlineData("{ page(take: 50) { ...Items } } fragment Items on Page { ... { items { ...Id } } } fragment Id on Item { id }", 52)]
    [InlineData("{ any { ... on Item { children { id } } ... on Page { items { id } } } }", 23)]
    [InlineData("{ a: page(take: 2) { ...I } b: page(take: 3) { ...I } } fragment I on Page { items { id } }", 9)]
    public void Charges_a_fragment_at_each_spread_as_if_it_stood_there(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Theory]
    [InlineData("{ lost { a b { c } } ... on Ghost { d } ...Missing }", 5)]
    [InlineData("{ item { ...A } } fragment A on Item { id ...A parent { ...A } }", 3)]
    public void Charges_what_it_knows_of_a_document_that_is_not_valid(string document, long cost) => Assert.Equal(cost, CostOf(document));

    [Fact]
    public void Does_not_overflow()
    {
        var levels = string.Concat(Enumerable.Repeat("children { ", 100)) + "id" + string.Concat(Enumerable.Repeat(" }", 100));

        Assert.Equal(1_000_000_000_000_000, CostOf($"{{ items {{ {levels} }} }}"));
        Assert.Equal(1_000_000_000_000_000, CostOf("{ some(take: 9223372036854775807) { id name } a: some(take: -9223372036854775808) { id name } }"));
    }

    [Theory]
    [InlineData(50, 101)]
    [InlineData(0, 1)]
    [InlineData(-1, 201)]
    [InlineData(null, 9)]
    public void Charges_as_many_elements_as_a_variable_says(int? take, long cost)
    {
        var compiled = Compile("query ($take: Int) { some(take: $take) { id name } }");

        Assert.False(compiled.IsConstant);
        Assert.Equal(cost, compiled.For(new Variables { ["take"] = take }));
    }

    [Theory]
    [InlineData(99, 199)]
    [InlineData(100, 201)]
    [InlineData(101, 201)]
    [InlineData(int.MaxValue, 201)]
    [InlineData(-250, 201)]
    public void Charges_no_more_elements_than_the_field_gives(int take, long cost)
    {
        var item = new ObjectType("Item", () => [new FieldDefinition("id", BuiltInScalars.String), new FieldDefinition("name", BuiltInScalars.String)]);
        var some = new FieldDefinition("some", new ListType(item)) { Arguments = [new InputValueDefinition("take", BuiltInScalars.Int) { MaxElements = 100 }] };
        var schema = new Schema(new ObjectType("Query", () => [some]));

        Assert.Equal(cost, Compile($"{{ some(take: {take}) {{ id name }} }}", schema).For(null));
        Assert.Equal(cost, Compile("query ($take: Int) { some(take: $take) { id name } }", schema).For(new Variables { ["take"] = take }));
    }

    [Fact]
    public void Charges_the_default_of_the_argument_where_a_variable_has_no_value()
    {
        Assert.Equal(9, Compile("query ($take: Int) { some(take: $take) { id name } }").For(new Variables()));
        Assert.Equal(9, Compile("query ($take: Int) { some(take: $take) { id name } }").For(null));
        Assert.Equal(12, Compile("query ($take: Int) { page(take: $take) { items { id } } }").For(new Variables()));
    }

    [Fact]
    public void Computes_a_price_from_several_variables()
    {
        var compiled = Compile(
            """
            query ($a: Int, $b: Int) {
              page(take: $a) { count items { id page(take: $b) { ...Items } } }
              other: page(take: $b) { ...Items }
            }
            fragment Items on Page { items { id name } }
            """);

        // page: 1 + count 1 + items 1 + a * (id 1 + page 1 + items 1 + b * 2); other: 1 + items 1 + b * 2.
        Assert.Equal(3 + (7 * (3 + (5 * 2))) + 2 + (5 * 2), compiled.For(new Variables { ["a"] = 7, ["b"] = 5 }));
    }

    [Fact]
    public void Computes_a_fragment_once_however_often_it_is_spread()
    {
        var fragments = Enumerable.Range(0, 60).Select(i => $"fragment F{i} on Item {{ a: parent {{ ...F{i + 1} }} b: parent {{ ...F{i + 1} }} }}");
        var compiled = Compile(
            $"query ($take: Int) {{ item {{ ...F0 }} }} {string.Join(" ", fragments)} fragment F60 on Item {{ page(take: $take) {{ items {{ id }} }} }}");

        Assert.Equal(1_000_000_000_000_000, compiled.For(new Variables { ["take"] = 1 }));
    }

    [Fact]
    public void Prices_each_operation_of_a_document()
    {
        var document = GraphQLParser.Parse(new Source(
            """
            query A($take: Int) { page(take: $take) { ...Items } }
            query B { items { id } page(take: 2) { ...Items } }
            query C($take: Int) { a: page(take: $take) { ...Items } b: page(take: $take) { ...Items } }
            fragment Items on Page { items { id } }
            """));
        var costs = new OperationCosts(Schema, document, "take");

        Assert.Equal([7, 15, 14], document.Definitions.OfType<OperationDefinitionNode>().Select(o => costs.Of(o).For(new Variables { ["take"] = 5 })));
    }

    [Fact]
    public void Knows_no_sizes_where_no_argument_says_them()
    {
        var document = GraphQLParser.Parse(new Source("{ some(take: 2) { id } }"));

        Assert.Equal(11, new OperationCosts(Schema, document).Of((OperationDefinitionNode)document.Definitions[0]).For(null));
    }

    [Fact]
    public void Accepts_a_price_at_the_limit() => Assert.Null(LimitChecker.CheckCost(10_000, DocumentLimits.Default));

    [Fact]
    public void Refuses_a_price_past_the_limit()
    {
        var error = LimitChecker.CheckCost(10_001, DocumentLimits.Default);

        Assert.Equal("The operation costs 10001; at most 10000 are allowed.", error?.Message);
        Assert.Equal(ErrorCodes.LimitExceeded, error?.Code);
    }

    private static OperationCost Compile(string text, Schema? schema = null)
    {
        var document = GraphQLParser.Parse(new Source(text));
        return new OperationCosts(schema ?? Schema, document, "take").Of((OperationDefinitionNode)document.Definitions[0]);
    }

    private static long CostOf(string text)
    {
        var compiled = Compile(text);
        Assert.True(compiled.IsConstant);
        return compiled.For(null);
    }

    private sealed class Variables : Dictionary<string, object?>, IVariableValues
    {
        public bool TryGetJson(string name, out JsonElement value) => throw new NotSupportedException();
    }
}
