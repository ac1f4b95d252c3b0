using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Validation.Limits;

namespace Apc.GraphQL.Tests.Execution;

public class PlanLimitTests
{
    private static readonly DocumentLimits Generous = new()
    {
        MaxDepth = 10_000,
        MaxAliases = int.MaxValue,
        MaxCost = long.MaxValue,
    };

    [Theory]
    [InlineData(10, ResponseKind.Executed)]
    [InlineData(9, ResponseKind.LimitExceeded)]
    public async Task Refuses_an_operation_that_needs_more_selections_than_allowed(int limit, ResponseKind kind)
    {
        var executor = new GraphQLExecutor(Node.Schema(new Node("a")), new() { Limits = Generous with { MaxPlannedSelections = limit } });
        var request = GraphQLRequest.For("{ node { name ...F ... { a: name b: name } child { ...F } } } fragment F on Node { x: name }");

        var answer = await Run.Async(executor, request);
        var again = await Run.Async(executor, request);

        Assert.Equal(kind, answer.Response.Kind);
        Assert.Equal(answer, again);

        if (kind == ResponseKind.LimitExceeded)
        {
            Assert.Equal(
                Expect.Refused(Expect.Error(
                    "The operation selects too much to be planned; at most 9 are allowed.",
                    "LIMIT_EXCEEDED",
                    [])),
                answer.Text);
        }
    }

    [Fact]
    public async Task Plans_fragments_that_double_at_each_level_in_linear_time()
    {
        // Written out, this would select 2^60 fields; 60 levels of two fields and two spreads are looked at.
        const int levels = 60;
        var document = new StringBuilder("{ node { ...F0 } }");

        for (var i = 0; i < levels; i++)
        {
            var below = i < levels - 1 ? $"...F{i + 1}" : "name";
            document.Append($" fragment F{i} on Node {{ a: child {{ {below} }} b: child {{ {below} }} }}");
        }

        var executor = new GraphQLExecutor(Node.Schema(new Node("a")), new() { Limits = Generous with { MaxPlannedSelections = 500 } });
        Assert.Equal(Expect.Data("""{"node":{"a":null,"b":null}}"""), (await Run.Async(executor, GraphQLRequest.For(document.ToString()))).Text);
    }

    [Fact]
    public async Task Refuses_more_condition_variables_than_a_plan_can_tell_apart()
    {
        var names = Enumerable.Range(0, 65).Select(i => $"v{i}").ToList();
        var declared = string.Join(' ', names.Select(n => $"${n}: Boolean!"));
        var selected = string.Join(' ', names.Select(n => $"{n}: name @skip(if: ${n})"));
        var executor = new GraphQLExecutor(Node.Schema(new Node("a")), new() { Limits = Generous with { MaxDirectives = 100 } });

        var answer = await Run.Async(executor, GraphQLRequest.For($"query ({declared}) {{ node {{ {selected} }} }}"));

        Assert.Equal(ResponseKind.LimitExceeded, answer.Response.Kind);
    }

    [Fact]
    public async Task Plans_operations_as_deep_as_the_parser_reads()
    {
        const int levels = 150;
        var document = $"{{ node {string.Concat(Enumerable.Repeat("{ child ", levels))}{{ name }}{new string('}', levels)} }}";
        var executor = new GraphQLExecutor(Node.Schema(new Node("a")), new() { Limits = Generous });
        Assert.Equal(Expect.Data("""{"node":{"child":null}}"""), (await Run.Async(executor, GraphQLRequest.For(document))).Text);
    }
}
