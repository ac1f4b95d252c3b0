using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Execution;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Conformance.Execution;

[SpecSection("sec-Execution")]
[SpecSection("sec-Executing-Requests")]
public sealed class RequestTests
{
    [Theory]
    [SpecSection("sec-Validating-Requests")]
    [InlineData("{ count count: other }", null, ResponseKind.ValidationFailed)]
    [InlineData("{ count nothing }", null, ResponseKind.ValidationFailed)]
    [InlineData("{ count ", null, ResponseKind.ParseFailed)]
    [InlineData("query ($v: Int!) { count(by: $v) }", "{}", ResponseKind.VariablesInvalid)]
    [InlineData("query A { count } query B { count }", null, ResponseKind.OperationNotFound)]
    public async Task That_are_not_valid_are_not_executed_at_all(string document, string? variables, ResponseKind kind)
    {
        var calls = 0;

        var answer = await Run.Async(new GraphQLExecutor(Counting(() => calls++)), GraphQLRequest.For(document, variables));

        Assert.Equal((kind, 0), (answer.Response.Kind, calls));
        Assert.StartsWith("{\"errors\":[", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Name_a_document_an_operation_and_variables()
    {
        var calls = 0;

        var answer = await Run.Async(
            Counting(() => ++calls), "query A($v: Int) { count(by: $v) } query B($v: Int) { x: count(by: $v) }", """{"v":2,"unknown":3}""", "B");

        Assert.Equal(Expect.Data("""{"x":1}"""), answer);
    }

    [Fact]
    [SpecSection("sec-Value-Resolution")]
    public async Task Resolve_a_field_with_its_parent_its_arguments_and_the_request()
    {
        ResolverContext? seen = null;
        var inner = Object<string>("Inner", Now("value", Int, context => { seen = context; return 1; }, Argument("by", Int)));
        var request = new TestRequest(TestContext.Current.CancellationToken);

        var answer = await Run.Async(
            new GraphQLExecutor(new Schema(Object("Query", Now("inner", inner, _ => "parent")))), GraphQLRequest.For("{ inner { value(by: 5) } }"), request);

        Assert.Equal(Expect.Data("""{"inner":{"value":1}}"""), answer.Text);
        Assert.Equal(("parent", "value", 5), (seen?.Parent, seen?.Field.Name, seen?.Arguments[0]));
        Assert.Same(request, seen?.Request);
    }

    [Fact]
    [SpecSection("sec-Query")]
    [SpecSection("sec-Executing-the-Root-Selection-Set")]
    public async Task Answer_a_query_with_what_is_selected_of_the_root() => Assert.Equal(
        Expect.Data("""{"count":1,"again":2,"__typename":"Query"}"""), await Run.Async(Counting(Next()), "{ count again: count __typename }"));

    private static Func<int> Next()
    {
        var calls = 0;
        return () => ++calls;
    }

    private static Schema Counting(Func<int> count)
        => new(Object("Query", Now("count", Int, _ => count(), Argument("by", Int)), Now("other", Int, _ => count())));
}
