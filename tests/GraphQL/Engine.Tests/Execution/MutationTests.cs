using Apc.GraphQL.Tests.Conformance;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Mutation")]
[SpecSection("sec-Normal-and-Serial-Execution")]
public class MutationTests
{
    [Fact]
    public async Task Runs_root_fields_one_after_the_other_each_with_all_below_it()
    {
        var counter = new Counter();

        Assert.Equal(
            Expect.Data("""{"a":{"value":1,"late":1},"b":{"late":3,"value":3},"c":{"value":6}}"""),
            await Run.Async(
                Schema(counter),
                "mutation { a: add(by: 1) { value late } b: add(by: 2) { late value } c: addLater(by: 3) { value } }"));
        Assert.Equal(["begin 1", "end 1", "late 1", "begin 2", "end 3", "late 3", "begin 3", "end 6"], counter.Log);
    }

    [Fact]
    public async Task Goes_on_after_a_field_that_failed_and_may_be_null()
    {
        var counter = new Counter();

        Assert.Equal(
            Expect.Failed("""{"a":{"value":1},"fail":null,"b":{"value":3}}""", Expect.Masked(34, "fail")),
            await Run.Async(Schema(counter), "mutation { a: add(by: 1) {value} fail { value } b: add(by: 2) { value } }"));
    }

    [Theory]
    [InlineData("requiredFail { value }", "requiredFail", 34)]
    [InlineData("requiredFail: brokenRequired { requiredNull }", null, 65)]
    public async Task Ends_at_a_null_that_reaches_the_root(string selection, string? masked, int column)
    {
        var counter = new Counter();

        Assert.Equal(
            Expect.Failed("null", masked is not null
                ? Expect.Masked(column, masked)
                : Expect.Error("Cannot return null for non-nullable field Count.requiredNull.", column, "requiredFail", "requiredNull")),
            await Run.Async(Schema(counter), $"mutation {{ a: add(by: 1) {{value}} {selection} b: add(by: 2) {{ value }} }}"));
        Assert.Equal(["begin 1", "end 1"], counter.Log);
    }

    [Fact]
    public async Task Answers_the_type_name_between_the_fields() => Assert.Equal(
        Expect.Data("""{"__typename":"Mutation","a":{"value":1},"t":"Mutation"}"""),
        await Run.Async(Schema(new Counter()), "mutation { __typename a: add(by: 1) { value } t: __typename }"));

    private static Schema Schema(Counter counter)
    {
        var count = Object<Counter>(
            "Count",
            Pure<Counter, int>("value", Int, c => c.Value),
            Pure<Counter, string?>("requiredNull", Text.Required(), _ => null),
            Later("late", Int, async _ => { await Task.Yield(); counter.Log.Add($"late {counter.Value}"); return counter.Value; }));

        return new Schema(
            Object("Query", Now("count", count, _ => counter)),
            Object(
                "Mutation",
                Now("add", count, c => counter.Add((int)c.Arguments[0]!), Argument("by", Int)),
                Later("addLater", count, async c => { await Task.Yield(); return counter.Add((int)c.Arguments[0]!); }, Argument("by", Int)),
                Now("fail", count, _ => throw new InvalidOperationException()),
                Now("requiredFail", count.Required(), _ => throw new InvalidOperationException()),
                Now("brokenRequired", count.Required(), _ => counter)));
    }

    private sealed class Counter
    {
        public int Value { get; private set; }

        public List<string> Log { get; } = [];

        public Counter Add(int by)
        {
            Log.Add($"begin {by}");
            Value += by;
            Log.Add($"end {Value}");
            return this;
        }
    }
}
