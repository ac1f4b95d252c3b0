using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Errors")]
[SpecSection("sec-Executing-Fields")]
public class FieldErrorTests
{
    private static readonly Node Tree = new("a", new Node("!"), new Node("c"), new Node("!"));

    [Fact]
    public async Task Masks_what_an_exception_says() => Assert.Equal(
        Expect.Failed("""{"node":{"name":null}}""", Expect.Masked(10, "node", "name")),
        await Run.Async(Node.Schema(new Node("!")), "{ node { name } }"));

    [Theory]
    [InlineData("name")]
    [InlineData("lateName")]
    public async Task Reports_errors_in_the_order_of_the_response(string field) => Assert.Equal(
        Expect.Failed(
            $$$"""{"node":{"children":[{"{{{field}}}":null},{"{{{field}}}":"c"},{"{{{field}}}":null}]}}""",
            Expect.Masked(21, "node", "children", 0, field),
            Expect.Masked(21, "node", "children", 2, field)),
        await Run.Async(Node.Schema(Tree), $"{{ node {{ children {{ {field} }} }} }}"));

    [Fact]
    public async Task Names_every_place_that_was_merged() => Assert.Equal(
        Expect.Failed(
            """{"node":{"name":null}}""",
            Expect.Error("Internal error", "INTERNAL_SERVER_ERROR", [(2, 10), (3, 10), (5, 24)], ["node", "name"])),
        await Run.Async(
            Node.Schema(new Node("!")),
            """
            {
              node { name }
              node { name ...F }
            }
              fragment F on Node { name }
            """));

    [Fact]
    public async Task Tells_callers_what_a_coercion_exception_says()
    {
        var schema = new Schema(Object("Query", Now("page", Int, _ => throw new CoercionException("No such cursor."))));

        Assert.Equal(
            Expect.Failed("""{"page":null}""", Expect.Error("No such cursor.", "BAD_USER_INPUT", [(1, 3)], ["page"])),
            await Run.Async(schema, "{ page }"));
    }

    [Fact]
    [SpecSection("sec-Value-Completion.Coercing-Results")]
    public async Task Fails_a_leaf_that_cannot_represent_its_value()
    {
        var schema = new Schema(Object(
            "Query",
            Now("int", Int, _ => "abc"),
            Now("ints", Int.List(), _ => new object[] { 1, "x", 3 }),
            Now("required", Int.Required().List(), _ => new object[] { 1, "x", 3 })));

        Assert.Equal(
            Expect.Failed(
                """{"int":null,"ints":[1,null,3],"required":null}""",
                Expect.Error("Int cannot represent non-integer value: \"abc\"", 3, "int"),
                Expect.Error("Int cannot represent non-integer value: \"x\"", 7, "ints", 1),
                Expect.Error("Int cannot represent non-integer value: \"x\"", 12, "required", 1)),
            await Run.Async(schema, "{ int ints required }"));
    }

    [Fact]
    [SpecSection("sec-Value-Completion.Coercing-Results")]
    public async Task Fails_a_list_field_whose_value_is_no_list()
    {
        var schema = new Schema(Object("Query", Now("texts", Text.List(), _ => "abc"), Now("nodes", Node.Type.List(), _ => new Node("a"))));

        Assert.Equal(
            Expect.Failed(
                """{"texts":null,"nodes":null}""",
                Expect.Error("Expected Iterable, but did not find one for field \"Query.texts\".", 3, "texts"),
                Expect.Error("Expected Iterable, but did not find one for field \"Query.nodes\".", 9, "nodes")),
            await Run.Async(schema, "{ texts nodes { lateName } }"));
    }

    [Theory]
    [InlineData("name")]
    [InlineData("lateName")]
    public async Task Fails_a_list_that_breaks_off(string field)
    {
        static IEnumerable<Node> Broken()
        {
            yield return new Node("a");
            throw new InvalidOperationException();
        }

        var schema = new Schema(Object("Query", Now("nodes", Node.Type.List(), _ => Broken())));

        Assert.Equal(
            Expect.Failed("""{"nodes":null}""", Expect.Masked(3, "nodes")), await Run.Async(schema, $"{{ nodes {{ {field} }} }}"));
    }

    [Fact]
    public async Task Fails_a_field_whose_delegate_throws_before_it_returns_a_task()
    {
        var schema = new Schema(Object("Query", Resolved("now", Int, _ => throw new InvalidOperationException())));
        Assert.Equal(Expect.Failed("""{"now":null}""", Expect.Masked(3, "now")), await Run.Async(schema, "{ now }"));
    }

    [Fact]
    public async Task Answers_with_what_the_filter_makes_of_an_error()
    {
        var filter = new RecordingFilter(error => error with
        {
            Message = error.Exception!.Message,
            Code = "SECRET",
            Extensions = new Dictionary<string, object?> { ["attempts"] = 3, ["final"] = true, ["hint"] = "a \"hint\"", ["none"] = null },
        });
        var executor = new GraphQLExecutor(Node.Schema(new Node("!")), new() { ErrorFilter = filter });

        var answer = await Run.Async(executor, GraphQLRequest.For("{ node { name } }"));

        Assert.Equal(
            """
            {"errors":[{"message":"The name is secret.","locations":[{"line":1,"column":10}],"path":["node","name"],
            "extensions":{"code":"SECRET","attempts":3,"final":true,"hint":"a \"hint\"","none":null}}],"data":{"node":{"name":null}}}
            """.ReplaceLineEndings(""),
            answer.Text);
    }

    [Fact]
    public async Task Shows_the_filter_each_failure_once_also_those_that_a_null_has_swallowed()
    {
        var outer = Object<Node>(
            "Outer",
            Pure<Node, string?>("isNull", Text.Required(), _ => null),
            Now("fails", Text, _ => throw new InvalidOperationException("Nobody is told.")));
        var filter = new RecordingFilter(error => error);
        var executor = new GraphQLExecutor(
            new Schema(Object("Query", Now("outer", outer, _ => new Node("a")))), new() { ErrorFilter = filter });

        var answer = await Run.Async(executor, GraphQLRequest.For("{ outer { isNull fails } }"));

        Assert.Equal(
            Expect.Failed(
                """{"outer":null}""", Expect.Error("Cannot return null for non-nullable field Outer.isNull.", 11, "outer", "isNull")),
            answer.Text);
        Assert.Equal([null, "Nobody is told."], filter.Seen.Select(e => e.Exception?.Message));
        Assert.Null(filter.Seen[1].Path);
    }

    private sealed class RecordingFilter(Func<GraphQLError, GraphQLError> change) : IErrorFilter
    {
        public List<GraphQLError> Seen { get; } = [];

        public GraphQLError OnError(GraphQLError error)
        {
            Seen.Add(error);
            return change(error);
        }
    }
}
