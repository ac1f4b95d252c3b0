using System.Text;
using System.Text.Json;
using Apc.Conformance;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.Fuzz.Tests;

/// <summary>The whole engine with the limits that are in force: every request is answered with a response of the specification's shape.</summary>
public class ExecutorFuzzing
{
    [Theory]
    [InlineData(nameof(ResolverStyle.Pure), 40_000)]
    [InlineData(nameof(ResolverStyle.Late), 15_000)]
    public void Every_document_is_answered(string style, int inputs) => Fuzzer.Run(
        $"requests into the executor ({style})",
        inputs,
        NewRequest,
        () =>
        {
            var executor = NewExecutor(Enum.Parse<ResolverStyle>(style));
            return request => Answer(executor, new GraphQLRequest
            {
                Document = request.Document,
                Variables = request.Variables is { } variables ? Encoding.UTF8.GetBytes(variables) : default,
                ReportsCost = request.Document.Length % 2 == 0,
            });
        });

    [Fact]
    public void Every_body_is_refused_or_answered() => Fuzzer.Run("bodies into reader and executor", 30_000, random => new Body(JsonNoise.Body(random)), () =>
    {
        var executor = NewExecutor(ResolverStyle.Prompt);
        return body =>
        {
            if (RequestEnvelope.Read(body.Bytes, out var problem) is { } request)
            {
                return Answer(executor, request);
            }

            Assert.NotEmpty(problem);
            return false;
        };
    });

    [Fact]
    public void Every_query_string_is_refused_or_answered() => Fuzzer.Run("query strings into reader and executor", 15_000, HttpNoise.QueryString, () =>
    {
        var executor = NewExecutor(ResolverStyle.Prompt);
        return query =>
        {
            using var read = RequestReader.ReadQuery(new DefaultHttpContext { Request = { QueryString = new QueryString(query) } }.Request);

            if (read.Request is { } request)
            {
                return Answer(executor, request);
            }

            Assert.NotEmpty(read.Problem!.Message);
            return false;
        };
    });

    private static Request NewRequest(Random random)
    {
        var text = random.Next(3) == 0 ? Damage.Document(random) : Damage.Request(random);
        return new(
            random.Next(4) == 0 ? Damage.Bytes(text, random) : Encoding.UTF8.GetBytes(text),
            random.Next(2) == 0 ? JsonNoise.Object(random) : null);
    }

    private static GraphQLExecutor NewExecutor(ResolverStyle style) => new(DataSchema.Build(Corpus.Sdl, new DataValues(Corpus.Data), style));

    private static bool Answer(GraphQLExecutor executor, GraphQLRequest request)
    {
        using var writer = new JsonWriter();
        var response = executor.ExecuteAsync(request, new DataRequest(), writer).AsTask().GetAwaiter().GetResult();
        using var answer = JsonDocument.Parse(writer.WrittenMemory, new JsonDocumentOptions { MaxDepth = 1_000 });
        var hasErrors = answer.RootElement.TryGetProperty("errors", out var errors);

        Assert.Equal(response.HasErrors, hasErrors);
        Assert.Equal(response.Kind == ResponseKind.Executed, answer.RootElement.TryGetProperty("data", out _));
        Assert.True(!hasErrors || errors.EnumerateArray().All(error => error.GetProperty("message").GetString() is { Length: > 0 }));
        return response.Kind == ResponseKind.Executed;
    }

    private sealed record Request(byte[] Document, string? Variables)
    {
        public override string ToString() => $"{Encoding.UTF8.GetString(Document)}\n{Variables}\n{Convert.ToHexString(Document.AsSpan(0, Math.Min(200, Document.Length)))}";
    }
}
