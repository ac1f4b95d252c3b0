using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

public class SelectionTests
{
    private readonly List<Selection> _seen = [];
    private readonly GraphQLExecutor _executor;

    public SelectionTests()
    {
        var node = Node.Type;
        var named = new InterfaceType("Named", () => [new("name", Text)]);
        var dog = new ObjectType(
            "Dog", () => [Pure<string, string>("name", Text, s => s), Now("bark", node, _ => null)], interfaces: () => [named]);
        var cat = new ObjectType(
            "Cat", () => [Pure<string, string>("name", Text, s => s), Now("purr", node, _ => null)], interfaces: () => [named]);

        _executor = new GraphQLExecutor(new Schema(
            Object(
                "Query",
                Now("node", node, See),
                Now("nodes", node.Required().List(), See),
                Now("number", Int, See),
                Now("named", named, See)),
            types: [dog, cat]));
    }

    [Theory]
    [InlineData("{ node { name } }", "name", true)]
    [InlineData("{ node { name } }", "Name", true)]
    [InlineData("{ node { x: name } }", "name", true)]
    [InlineData("{ node { name: lateName } }", "name", false)]
    [InlineData("{ node { child { name } } }", "name", false)]
    [InlineData("{ nodes { name } }", "name", true)]
    [InlineData("{ node { ...F } } fragment F on Node { ... { name } }", "name", true)]
    [InlineData("{ node { child { __typename } name @skip(if: true) } }", "name", false)]
    [InlineData("{ node { __typename } }", "__typename", true)]
    [InlineData("{ number }", "name", false)]
    [InlineData("{ named { ... on Dog { bark { name } } } }", "bark", true)]
    [InlineData("{ named { ... on Dog { bark { name } } } }", "purr", false)]
    public async Task Wants_the_fields_that_are_selected_of_the_value(string document, string field, bool wants)
        => Assert.Equal(wants, (await SelectionOf(document)).Wants(field));

    [Fact]
    public async Task Knows_what_is_selected_below()
    {
        var selection = await SelectionOf("{ node { child { name } children { child { lateName } } } }");

        Assert.True(selection.Of("child")!.Wants("name"));
        Assert.True(selection.Of("CHILDREN")!.Of("child")!.Wants("lateName"));
        Assert.Null(selection.Of("requiredChild"));
        Assert.Null(selection.Of("child")!.Of("name"));
    }

    [Fact]
    public async Task Unites_what_several_selections_of_a_field_select()
    {
        var selection = await SelectionOf("{ node { a: child { name } b: child { lateName } } }");

        Assert.True(selection.Of("child")!.Wants("name"));
        Assert.True(selection.Of("child")!.Wants("lateName"));
        Assert.Same(selection.Of("child"), selection.Of("Child"));
    }

    [Fact]
    public async Task Is_the_same_object_for_every_request_with_the_document()
        => Assert.Same(await SelectionOf("{ node { name } }"), await SelectionOf("{ node { name } }"));

    [Fact]
    public async Task Derives_once()
    {
        var computed = 0;
        Func<Selection, string> compute = s => { computed++; return s.Wants("name") ? "with name" : "without"; };

        Assert.Equal("with name", (await SelectionOf("{ node { name } }")).Derive(compute));
        Assert.Equal("with name", (await SelectionOf("{ node { name } }")).Derive(compute));
        Assert.Equal("without", (await SelectionOf("{ node { lateName } }")).Derive(compute));
        Assert.Equal(2, computed);
    }

    [Fact]
    public async Task Derives_any_number_of_things()
    {
        var selection = await SelectionOf("{ node { name } }");

        for (var i = 0; i < 20; i++)
        {
            var number = i;
            Assert.Equal($"{number}", selection.Derive(_ => $"{number}"));
        }
    }

    private async Task<Selection> SelectionOf(string document)
    {
        await Run.Async(_executor, GraphQLRequest.For(document));
        return _seen[^1];
    }

    private object? See(ResolverContext context)
    {
        _seen.Add(context.Selection);
        return null;
    }
}
