using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Language.Ast;
using Apc.GraphQL.Tests.Conformance.TypeSystem;
using Apc.GraphQL.Tests.Execution;

namespace Apc.GraphQL.Tests.Conformance.Validation;

[SpecSection("sec-Operation-Type-Existence")]
[SpecSection("sec-All-Operation-Definitions")]
public sealed class OperationTypeExistenceTests
{
    [Fact]
    public async Task Refuses_an_operation_whose_root_the_schema_does_not_have()
    {
        var answer = await Run.Async(new GraphQLExecutor(SdlText.Schema("")), GraphQLRequest.For(" mutation { a }"));

        Assert.Equal(new GraphQLResponse(ResponseKind.OperationNotFound, OperationType.Mutation, HasErrors: true), answer.Response);
        Assert.Equal(
            Expect.Refused(Expect.Error("Schema is not configured to execute mutation operation.", "OPERATION_RESOLUTION_FAILURE", [(1, 2)])),
            answer.Text);
    }

    [Theory]
    [InlineData("query { dog { name } }")]
    [InlineData("mutation { rename(pet: 1, name: \"Rex\") { name } }")]
    [InlineData("subscription { departures { name } }")]
    public void Accepts_an_operation_of_each_kind_that_the_schema_has(string document) => Assert.Empty(Judged.Against(PetSchema.Schema, document));
}
