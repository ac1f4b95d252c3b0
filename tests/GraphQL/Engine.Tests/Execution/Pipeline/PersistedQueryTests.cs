using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

/// <summary>Documents that clients store under their SHA-256, as Apollo's clients do.</summary>
public class PersistedQueryTests
{
    private const string Document = "{ read }";
    private const string Data = """{"data":{"read":1}}""";

    private static readonly string NotStored = Expect.Refused(Expect.Error("PersistedQueryNotFound", "PERSISTED_QUERY_NOT_FOUND", []));

    private readonly GraphQLExecutor _executor = new(Schema());

    [Fact]
    public async Task Asks_for_the_text_then_answers_to_the_hash_alone()
    {
        var first = await Ask("", Hash(Document));
        var second = await Ask(Document, Hash(Document));
        var third = await Ask("", Hash(Document));

        Assert.Equal((NotStored, ResponseKind.PersistedQueryNotFound), (first.Text, first.Response.Kind));
        Assert.Equal((Data, Data), (second.Text, third.Text));
    }

    [Fact]
    public async Task Stores_what_stands_escaped_in_the_body()
    {
        const string Text = "query {\n  echo(text: \"\\u00e4 \\\"ö\\\"\")\n}";
        var body = JsonSerializer.SerializeToUtf8Bytes(Text);

        await Run.Async(_executor, With(new GraphQLRequest { Document = body.AsMemory()[1..^1], IsEscaped = true }, Hash(Text)));

        Assert.Equal("""{"data":{"echo":"ä \"ö\""}}""", (await Ask("", Hash(Text))).Text);
    }

    [Fact]
    public async Task Uses_the_variables_and_the_operation_of_the_request_at_hand()
    {
        const string Text = "query A { read } query B($t: String) { echo(text: $t) }";
        await Run.Async(_executor, With(GraphQLRequest.For(Text, operationName: "A"), Hash(Text)));

        var answer = await Run.Async(_executor, With(GraphQLRequest.For("", """{"t":"x"}""", "B"), Hash(Text)));

        Assert.Equal("""{"data":{"echo":"x"}}""", answer.Text);
    }

    [Fact]
    public async Task Refuses_a_hash_that_is_not_that_of_the_text()
    {
        var answer = await Ask(Document, Hash("{ other }"));

        Assert.Equal(Expect.Refused(Expect.Error("provided sha does not match query", "BAD_REQUEST", [])), answer.Text);
        Assert.Equal(NotStored, (await Ask("", Hash("{ other }"))).Text);
    }

    [Theory]
    [InlineData("""{"persistedQuery":{"version":2,"sha256Hash":"ab"}}""")]
    [InlineData("""{"persistedQuery":{"version":"1","sha256Hash":"ab"}}""")]
    [InlineData("""{"persistedQuery":{"sha256Hash":"ab"}}""")]
    public async Task Refuses_a_version_that_nobody_has_defined(string extensions)
        => Assert.Equal(
            Expect.Refused(Expect.Error("Unsupported persisted query version", "BAD_REQUEST", [])), (await AskRaw("", extensions)).Text);

    [Theory]
    [InlineData("""{"persistedQuery":{"version":1,"sha256Hash":"no hash"}}""")]
    [InlineData("""{"tracing":{"a":[1]},"persistedQuery":{"other":{"x":[]},"version":1}}""")]
    public async Task Finds_nothing_under_what_is_no_hash(string extensions)
        => Assert.Equal(NotStored, (await AskRaw("", extensions)).Text);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{"persistedQuery":null,"tracing":{"persistedQuery":{"version":1}}}""")]
    [InlineData("""{"persistedQuery":[1]}""")]
    public async Task Takes_other_extensions_for_nothing(string extensions)
    {
        Assert.Equal(Data, (await AskRaw(Document, extensions)).Text);
        Assert.Equal(
            Expect.Refused(Expect.Error("The member 'query' is missing: it holds the GraphQL document.", "BAD_REQUEST", [])),
            (await AskRaw("", extensions)).Text);
    }

    [Fact]
    public async Task Stores_no_document_that_is_rejected()
    {
        var refused = await Ask("{ nothing }", Hash("{ nothing }"));

        Assert.Equal(ResponseKind.ValidationFailed, refused.Response.Kind);
        Assert.Equal(NotStored, (await Ask("", Hash("{ nothing }"))).Text);
    }

    [Fact]
    public async Task Answers_to_a_document_id_as_to_a_hash()
    {
        await Ask(Document, Hash(Document));

        Assert.Equal(Data, (await AskById($"sha256:{Hash(Document)}")).Text);
        Assert.Equal(Data, (await AskById(Hash(Document))).Text);
    }

    [Theory]
    [InlineData("sha256:0123", "sha256:0123")]
    [InlineData("md5:0123", "md5:0123")]
    [InlineData("", "")]
    public async Task Knows_no_document_by_another_id(string id, string named)
    {
        var answer = await AskById(id);

        Assert.Equal(Expect.Refused(Expect.Error($"No document has the id \"{named}\".", "DOCUMENT_NOT_FOUND", [])), answer.Text);
        Assert.Equal(ResponseKind.DocumentNotFound, answer.Response.Kind);
    }

    [Fact]
    public async Task Repeats_no_more_than_the_beginning_of_an_id()
        => Assert.Equal(
            Expect.Refused(Expect.Error($"No document has the id \"{new string('x', 80)}…\".", "DOCUMENT_NOT_FOUND", [])),
            (await AskById(new string('x', 100_000))).Text);

    [Fact]
    public async Task Forgets_what_is_least_used_when_there_is_no_more_room()
    {
        var executor = new GraphQLExecutor(Schema(), new() { MaxPersistedQueryBytes = 50_000 });
        await Run.Async(executor, With(GraphQLRequest.For(Document), Hash(Document)));
        var stored = 0;

        for (var i = 0; i < 200; i++)
        {
            var text = $"{{ x{i}: read }}";
            await Run.Async(executor, With(GraphQLRequest.For(text), Hash(text)));
            Assert.Equal(Data, (await Run.Async(executor, With(GraphQLRequest.For(""), Hash(Document)))).Text);
        }

        for (var i = 0; i < 200; i++)
        {
            var answer = await Run.Async(executor, With(GraphQLRequest.For(""), Hash($"{{ x{i}: read }}")));
            stored += answer.Response.Kind == ResponseKind.Executed ? 1 : 0;
        }

        Assert.InRange(stored, 1, 100);
    }

    [Fact]
    public async Task Tells_clients_that_nothing_is_stored_where_that_is_switched_off()
    {
        var executor = new GraphQLExecutor(Schema(), new() { PersistedQueries = false });

        var answer = await Run.Async(executor, With(GraphQLRequest.For(""), Hash(Document)));
        var withText = await Run.Async(executor, With(GraphQLRequest.For(Document), Hash(Document)));
        var again = await Run.Async(executor, With(GraphQLRequest.For(""), Hash(Document)));

        Assert.Equal(
            (Expect.Refused(Expect.Error("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED", [])), ResponseKind.PersistedQueryNotFound),
            (answer.Text, answer.Response.Kind));
        Assert.Equal(Data, withText.Text);
        Assert.Equal(answer, again);
    }

    private static Schema Schema() => new(Object("Query", Now("read", Int, _ => 1), Now("echo", Text, c => c.Arguments[0], Argument("text", Text))));

    private static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    private static GraphQLRequest With(GraphQLRequest request, string hash)
        => request with { Extensions = Encoding.UTF8.GetBytes($$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""") };

    private Task<Run.Answer> Ask(string document, string hash) => Run.Async(_executor, With(GraphQLRequest.For(document), hash));

    private Task<Run.Answer> AskRaw(string document, string extensions)
        => Run.Async(_executor, GraphQLRequest.For(document) with { Extensions = Encoding.UTF8.GetBytes(extensions) });

    private Task<Run.Answer> AskById(string id) => Run.Async(_executor, GraphQLRequest.For("") with { DocumentId = id });
}
