using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Normal-and-Serial-Execution")]
[SpecSection("sec-Executing-Collected-Fields")]
public class ConcurrencyTests
{
    [Fact]
    public async Task Starts_all_siblings_of_a_query_before_any_has_answered()
    {
        var (a, b, c) = (new Gate(), new Gate(), new Gate());
        var schema = new Schema(Object("Query", Later("a", Int, _ => a.Pass(1)), Later("b", Int, _ => b.Pass(2)), Later("c", Int, _ => c.Pass(3))));

        var answer = Run.Async(schema, "{ a b c }");

        Assert.True(a.IsReached && b.IsReached && c.IsReached);
        Assert.False(answer.IsCompleted);
        c.Open();
        a.Open();
        b.Open();
        Assert.Equal(Expect.Data("""{"a":1,"b":2,"c":3}"""), await answer);
    }

    [Fact]
    public async Task Goes_on_below_a_field_while_its_sibling_still_waits()
    {
        var (slow, below) = (new Gate(), new Gate());
        var inner = Object<string>("Inner", Later("below", Int, _ => below.Pass(1)));
        var schema = new Schema(Object("Query", Later("slow", Int, _ => slow.Pass(2)), Later("fast", inner, _ => Task.FromResult<object?>("x"))));

        var answer = Run.Async(schema, "{ slow fast { below } }");

        Assert.True(below.IsReached);
        below.Open();
        Assert.False(answer.IsCompleted);
        slow.Open();
        Assert.Equal(Expect.Data("""{"slow":2,"fast":{"below":1}}"""), await answer);
    }

    [Fact]
    public async Task Starts_the_elements_of_a_list_together()
    {
        var gates = Enumerable.Range(0, 20).Select(_ => new Gate()).ToList();
        var element = Object<Gate>("Element", Later("index", Int, c => ((Gate)c.Parent!).Pass(gates.IndexOf((Gate)c.Parent))));
        var schema = new Schema(Object("Query", Now("list", element.List(), _ => gates)));

        var answer = Run.Async(schema, "{ list { index } }");

        Assert.All(gates, gate => Assert.True(gate.IsReached));
        gates.Reverse();
        gates.ForEach(gate => gate.Open());
        gates.Reverse();
        Assert.Equal(Expect.Data($$"""{"list":[{{string.Join(',', gates.Select((_, i) => $"{{\"index\":{i}}}"))}}]}"""), await answer);
    }

    [Fact]
    public async Task Answers_fields_that_complete_on_many_threads_at_once()
    {
        var schema = new Schema(Object("Query", Later("node", Node.Type, async _ =>
        {
            await Task.Yield();
            return new Node("a", [.. Enumerable.Range(0, 100).Select(i => new Node($"n{i}", new Node($"c{i}")))]);
        })));
        var expected = Expect.Data(
            """{"node":{"lateChildren":["""
            + string.Join(',', Enumerable.Range(0, 100).Select(i => $$$"""{"lateName":"n{{{i}}}","lateChild":{"lateName":"c{{{i}}}"}}"""))
            + "]}}");
        var executor = new GraphQLExecutor(schema, new() { Limits = new() { MaxCost = 100_000 } });

        for (var round = 0; round < 20; round++)
        {
            var answer = await Run.Async(
                executor, GraphQLRequest.For("{ node { lateChildren { lateName lateChild { lateName } } } }"));
            Assert.Equal(expected, answer.Text);
        }
    }

    [Fact]
    public async Task Answers_at_once_where_every_delegate_does()
    {
        var executor = new GraphQLExecutor(Node.Schema(new Node("a")));
        var answer = Run.Async(executor, GraphQLRequest.For("{ node { name } }"));
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(Expect.Data("""{"node":{"name":"a"}}"""), (await answer).Text);
    }

    private sealed class Gate
    {
        private readonly TaskCompletionSource _opened = new();

        public bool IsReached { get; private set; }

        public void Open() => _opened.SetResult();

        public async Task<object?> Pass(object value)
        {
            IsReached = true;
            await _opened.Task;
            return value;
        }
    }
}
