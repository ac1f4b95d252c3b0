using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Tests.Execution;

/// <summary>Executes documents and gives whole responses as text.</summary>
internal static class Run
{
    public static async Task<string> Async(Schema schema, string document, string? variables = null, string? operationName = null)
        => (await Async(new GraphQLExecutor(schema), GraphQLRequest.For(document, variables, operationName))).Text;

    public static async Task<Answer> Async(GraphQLExecutor executor, GraphQLRequest request, RequestContext? context = null)
    {
        using var writer = new JsonWriter();
        var response = await executor.ExecuteAsync(request, context ?? new TestRequest(), writer);
        return new Answer(Encoding.UTF8.GetString(writer.WrittenSpan), response);
    }

    internal sealed record Answer(string Text, GraphQLResponse Response);
}
