using System.Security.Cryptography;
using System.Text;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using static Apc.GraphQL.Tests.Execution.Fields;

namespace Apc.GraphQL.Tests.Execution.Pipeline;

/// <summary>Documents that are known from the start, and executors that answer to nothing else.</summary>
public class TrustedDocumentTests
{
    private const string Document = "query ($t: String) { echo(text: $t) }\n";
    private const string Data = """{"data":{"echo":"x"}}""";
    private const string Variables = """{"t":"x"}""";

    private static readonly GraphQLExecutorOptions Open = new() { TrustedDocuments = [Trusted("echo.graphql", Document)] };
    private static readonly GraphQLExecutorOptions Closed = Open with { OnlyTrustedDocuments = true };

    private static readonly string NotTrusted = Expect.Refused(Expect.Error(
        "Only trusted documents are executed here, and this is none.", "DOCUMENT_NOT_TRUSTED", []));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Answers_to_the_id_of_a_trusted_document(bool only)
    {
        var executor = Make(only ? Closed : Open);

        Assert.Equal(Data, (await AskById(executor, $"sha256:{Hash(Document)}")).Text);
        Assert.Equal(Data, (await AskById(executor, Hash(Document))).Text);
        Assert.Equal(Data, (await AskByHash(executor, "", Hash(Document))).Text);
    }

    [Fact]
    public async Task Answers_to_other_documents_beside_the_trusted_ones()
        => Assert.Equal("""{"data":{"__typename":"Query"}}""", (await Run.Async(Make(Open), GraphQLRequest.For("{ __typename }"))).Text);

    [Fact]
    public async Task Answers_to_the_text_of_a_trusted_document_where_no_other_is_executed()
    {
        Assert.Equal(Data, (await Run.Async(Make(Closed), GraphQLRequest.For(Document, Variables))).Text);
        Assert.Equal(Data, (await AskByHash(Make(Closed), Document, Hash(Document))).Text);
    }

    [Theory]
    [InlineData("{ __typename }")]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("query ($t: String) { echo(text: $t) }")]
    [InlineData("{ broken")]
    public async Task Refuses_every_other_text_where_no_other_is_executed(string document)
    {
        var executor = Make(Closed);
        var answer = await Run.Async(executor, GraphQLRequest.For(document));

        Assert.Equal((NotTrusted, ResponseKind.DocumentNotTrusted), (answer.Text, answer.Response.Kind));
        Assert.Equal(NotTrusted, (await AskByHash(executor, document, Hash(document))).Text);
    }

    [Fact]
    public async Task Stores_no_queries_of_clients_where_only_trusted_ones_are_executed()
        => Assert.Equal(
            Expect.Refused(Expect.Error("PersistedQueryNotSupported", "PERSISTED_QUERY_NOT_SUPPORTED", [])),
            (await AskByHash(Make(Closed), "", Hash("{ __typename }"))).Text);

    [Fact]
    public async Task Knows_no_other_id()
        => Assert.Equal(
            Expect.Refused(Expect.Error("No document has the id \"sha256:00\".", "DOCUMENT_NOT_FOUND", [])),
            (await AskById(Make(Closed), "sha256:00")).Text);

    [Fact]
    public void Does_not_start_with_documents_that_cannot_be_executed()
    {
        var options = Closed with
        {
            TrustedDocuments = [Trusted("a.graphql", "{ nothing, zilch }"), .. Closed.TrustedDocuments, Trusted("b.graphql", "{\n  echo"), Trusted("c.graphql", "")],
        };

        Assert.Equal(
            [
                "a.graphql: Cannot query field \"nothing\" on type \"Query\". (line 1, column 3)",
                "a.graphql: Cannot query field \"zilch\" on type \"Query\". (line 1, column 12)",
                "b.graphql: Syntax Error: Expected Name, found <EOF>. (line 2, column 7)",
                "c.graphql: Syntax Error: Unexpected <EOF>. (line 1, column 1)",
            ],
            Assert.Throws<TrustedDocumentException>(() => Make(options)).Problems);
    }

    [Fact]
    public async Task Leaves_out_what_cannot_be_executed_where_that_is_wanted()
    {
        IReadOnlyList<string> problems = [];
        var executor = Make(Closed with
        {
            TrustedDocuments = [Trusted("a.graphql", "{ nothing }"), .. Closed.TrustedDocuments],
            LeaveOutTrustedDocuments = told => problems = told,
        });

        Assert.Equal(["a.graphql: Cannot query field \"nothing\" on type \"Query\". (line 1, column 3)"], problems);
        Assert.Equal(Data, (await AskById(executor, Hash(Document))).Text);
        Assert.Equal(ResponseKind.DocumentNotFound, (await AskById(executor, Hash("{ nothing }"))).Response.Kind);
    }

    private static GraphQLExecutor Make(GraphQLExecutorOptions options)
        => new(new Schema(Object("Query", Now("echo", Text, c => c.Arguments[0], Argument("text", Text)))), options);

    private static TrustedDocument Trusted(string name, string text) => new(name, Encoding.UTF8.GetBytes(text));

    private static string Hash(string document) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));

    private static Task<Run.Answer> AskById(GraphQLExecutor executor, string id)
        => Run.Async(executor, GraphQLRequest.For("", Variables) with { DocumentId = id });

    private static Task<Run.Answer> AskByHash(GraphQLExecutor executor, string document, string hash) => Run.Async(
        executor,
        GraphQLRequest.For(document, Variables) with
        {
            Extensions = Encoding.UTF8.GetBytes($$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}"""),
        });
}
