using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Field-Collection")]
[SpecSection("sec-Executing-Selection-Sets")]
public class FieldCollectionTests
{
    private static readonly Node Tree = new("a", new Node("b", new Node("c")), new Node("d"));

    [Theory]
    [SpecSection("sec-Serialized-Map-Ordering")]
    [SpecSection("sec-Executing-the-Root-Selection-Set")]
    [InlineData("{ node { name } }", """{"node":{"name":"a"}}""")]
    [InlineData("{ node { child { name } name } }", """{"node":{"child":{"name":"b"},"name":"a"}}""")]
    [InlineData("{ x: node { y: name } }", """{"x":{"y":"a"}}""")]
    [InlineData("{ x: node { name } y: node { name } }", """{"x":{"name":"a"},"y":{"name":"a"}}""")]
    [InlineData("{ node { name name } }", """{"node":{"name":"a"}}""")]
    [InlineData("{ node { children { name } } }", """{"node":{"children":[{"name":"b"},{"name":"d"}]}}""")]
    public async Task Answers_members_in_the_order_of_the_selection(string document, string data)
        => Assert.Equal($$"""{"data":{{data}}}""", await Run.Async(Node.Schema(Tree), document));

    [Theory]
    [SpecSection("sec-Field-Collection.Merging-Selection-Sets")]
    [InlineData("{ node { name } node { child { name } } }")]
    [InlineData("{ node { name child { name } } node { name } }")]
    [InlineData("{ node { name ...F } } fragment F on Node { child { name } }")]
    [InlineData("{ ...F node { child { name } } } fragment F on Query { node { name } }")]
    [InlineData("{ node { name ... { child { name } } } }")]
    [InlineData("{ ... on Query { node { name } } ... on Query { node { child { name } } } }")]
    [InlineData("{ node { ...F ...F ...G } } fragment F on Node { name } fragment G on Node { ...F child { name } }")]
    public async Task Merges_what_one_response_name_selects_in_several_places(string document)
        => Assert.Equal("""{"data":{"node":{"name":"a","child":{"name":"b"}}}}""", await Run.Async(Node.Schema(Tree), document));

    [Fact]
    public async Task Puts_a_merged_member_where_it_first_appears() => Assert.Equal(
        """{"data":{"node":{"child":{"name":"b","x":"b"},"name":"a"}}}""",
        await Run.Async(Node.Schema(Tree), "{ node { child { name } name child { x: name } } }"));

    [Fact]
    public async Task Merges_below_the_merged() => Assert.Equal(
        """{"data":{"node":{"child":{"child":{"name":"c","x":"c"},"name":"b"}}}}""",
        await Run.Async(Node.Schema(Tree), "{ node { child { child { name } } ...F } } fragment F on Node { child { child { x: name } name } }"));

    [Fact]
    public async Task Resolves_a_merged_field_once()
    {
        var tree = new Node("a");
        await Run.Async(Node.Schema(tree), "{ node { lateName } node { lateName ...F } } fragment F on Node { lateName }");
        Assert.Equal(1, tree.Reads);
    }

    [Fact]
    public async Task Answers_many_members_of_one_object()
    {
        var names = Enumerable.Range(0, 30).Select(i => $"n{i}").ToList();
        var selection = string.Join(' ', names.Concat(names).Select(n => $"{n}: name"));
        var executor = new GraphQLExecutor(Node.Schema(Tree), new() { Limits = new() { MaxAliases = 100 } });

        var answer = await Run.Async(executor, GraphQLRequest.For($"{{ node {{ {selection} }} }}"));

        var members = string.Join(',', names.Select(n => $"\"{n}\":\"a\""));
        Assert.Equal("""{"data":{"node":{""" + members + "}}}", answer.Text);
    }

    [Theory]
    [InlineData("{ __typename }", """{"__typename":"Query"}""")]
    [InlineData("{ t: __typename node { x: __typename name } }", """{"t":"Query","node":{"x":"Node","name":"a"}}""")]
    [InlineData("{ node { name __typename } }", """{"node":{"name":"a","__typename":"Node"}}""")]
    [InlineData("{ node { children { __typename } } }", """{"node":{"children":[{"__typename":"Node"},{"__typename":"Node"}]}}""")]
    [SpecSection("sec-Type-Name-Introspection")]
    public async Task Answers_the_type_name_everywhere(string document, string data)
        => Assert.Equal($$"""{"data":{{data}}}""", await Run.Async(Node.Schema(Tree), document));

    [Theory]
    [InlineData("{ lateNode { name lateChild { lateName lateChildren { name } } } }")]
    [InlineData(
        """
        { ...F }
        fragment F on Query { lateNode { name ...G } }
        fragment G on Node { lateChild { lateName ...H } }
        fragment H on Node { lateChildren { name } }
        """)]
    public async Task Answers_the_same_whether_values_come_at_once_or_later(string document) => Assert.Equal(
        """{"data":{"lateNode":{"name":"a","lateChild":{"lateName":"b","lateChildren":[{"name":"c"}]}}}}""",
        await Run.Async(Node.Schema(Tree), document));
}
