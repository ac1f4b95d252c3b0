using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Tests.Conformance;

namespace Apc.GraphQL.Tests.Execution;

[SpecSection("sec-Executing-Requests")]
[SpecSection("sec-Executing-Operations")]
public class OperationSelectionTests
{
    private const string Two = "query A { node { name } } query B { x: node { name } }";

    [Theory]
    [InlineData("{ node { name } }", null, """{"node":{"name":"a"}}""")]
    [InlineData("{ node { name } }", "", """{"node":{"name":"a"}}""")]
    [InlineData("query A { node { name } }", null, """{"node":{"name":"a"}}""")]
    [InlineData(Two, "A", """{"node":{"name":"a"}}""")]
    [InlineData(Two, "B", """{"x":{"name":"a"}}""")]
    public async Task Runs_the_operation_that_is_meant(string document, string? name, string data)
        => Assert.Equal(Expect.Data(data), await Run.Async(Node.Schema(new Node("a")), document, operationName: name));

    [Theory]
    [InlineData(Two, null, "Must provide operation name if query contains multiple operations.")]
    [InlineData(Two, "C", "Unknown operation named \"C\".")]
    [InlineData("{ node { name } }", "A", "Unknown operation named \"A\".")]
    [InlineData(Two, "a", "Unknown operation named \"a\".")]
    public async Task Refuses_a_request_that_means_none(string document, string? name, string message)
    {
        var answer = await Run.Async(new GraphQLExecutor(Node.Schema(new Node("a"))), GraphQLRequest.For(document, operationName: name));

        Assert.Equal(Expect.Refused(Expect.Error(message, "OPERATION_RESOLUTION_FAILURE", [])), answer.Text);
        Assert.Equal(new GraphQLResponse(ResponseKind.OperationNotFound, null, HasErrors: true), answer.Response);
    }

    [Fact]
    public async Task Refuses_a_document_of_fragments_alone()
    {
        var answer = await Run.Async(new GraphQLExecutor(Node.Schema(new Node("a"))), GraphQLRequest.For("fragment F on Node { name }"));
        Assert.Equal(ResponseKind.ValidationFailed, answer.Response.Kind);
    }
}
