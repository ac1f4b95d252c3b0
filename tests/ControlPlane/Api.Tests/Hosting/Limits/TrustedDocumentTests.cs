using System.Security.Cryptography;
using System.Text;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>A host with a folder of trusted documents, over HTTP.</summary>
public sealed class TrustedDocumentTests(PostgresServer server) : IAsyncLifetime
{
    private const string Trusted = "query Kind($name: String!) {\n  __type(name: $name) { kind }\n}\n";
    private const string Other = "{ __typename }";
    private const string Data = """{"data":{"__type":{"kind":"SCALAR"}}}""";

    private static readonly string Id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Trusted)));

    private readonly PostgresDatabase _database = new(server);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public async ValueTask InitializeAsync()
    {
        await _database.InitializeAsync();
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "kind.graphql"), Trusted, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _folder.Delete(recursive: true);
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Answers_to_ids_beside_all_else()
    {
        await using var host = await StartAsync();
        using var wire = new Wire(new Uri(host.Address, "/v1"));

        Assert.Equal(new WireAnswer(200, Data), await wire.PostAsync($$$"""{"documentId":"sha256:{{{Id}}}","variables":{"name":"Int"}}"""));
        Assert.Equal(new WireAnswer(200, Data), (await wire.GetAsync($"documentId={Id}&variables=%7B%22name%22%3A%22Int%22%7D")).Answer);
        Assert.Equal(new WireAnswer(200, """{"data":{"__typename":"Query"}}"""), await wire.AskAsync(Other));
        Assert.Equal(Wire.Refused(400, "DOCUMENT_NOT_FOUND", "No document has the id \"sha256:0\"."), await wire.PostAsync("""{"documentId":"sha256:0"}"""));
    }

    [Fact]
    public async Task Answers_to_nothing_else_where_that_is_set()
    {
        await using var host = await StartAsync("GraphQL:TrustedDocuments:Only=true");
        using var wire = new Wire(new Uri(host.Address, "/v1"));

        Assert.Equal(new WireAnswer(200, Data), await wire.PostAsync($$$"""{"documentId":"sha256:{{{Id}}}","variables":{"name":"Int"}}"""));
        Assert.Equal(new WireAnswer(200, Data), await wire.AskAsync(Trusted, new { name = "Int" }));

        foreach (var document in (string[])[Other, "{ __schema { queryType { name } } }", "{ nothing", Trusted.TrimEnd()])
        {
            Assert.Equal(
                Wire.Refused(400, "DOCUMENT_NOT_TRUSTED", "Only trusted documents are executed here, and this is none (GraphQL:TrustedDocuments:Only)."),
                await wire.AskAsync(document));
        }
    }

    [Fact]
    public async Task Leaves_out_what_does_not_fit_the_schema_where_that_is_set()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "old.graphql"), "{ clusterTypes }", TestContext.Current.CancellationToken);
        await using var host = await StartAsync("GraphQL:TrustedDocuments:AllowInvalid=true");
        using var wire = new Wire(new Uri(host.Address, "/v1"));

        Assert.Equal(new WireAnswer(200, Data), await wire.PostAsync($$$"""{"documentId":"{{{Id}}}","variables":{"name":"Int"}}"""));
    }

    [Fact]
    public async Task Stores_queries_of_clients_unless_that_is_switched_off()
    {
        await using var host = await StartAsync();
        await using var without = await StartAsync("GraphQL:PersistedQueries=false");
        using var wire = new Wire(new Uri(host.Address, "/v1"));
        using var wireWithout = new Wire(new Uri(without.Address, "/v1"));
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Other)));
        var extensions = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";
        var hashed = $"{{\"extensions\":{extensions}}}";
        var registering = $"{{\"query\":\"{Other}\",\"extensions\":{extensions}}}";

        Assert.Equal(Wire.Refused(200, "PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"), await wire.PostAsync(hashed));
        Assert.Equal(new WireAnswer(200, """{"data":{"__typename":"Query"}}"""), await wire.PostAsync(registering));
        Assert.Equal(new WireAnswer(200, """{"data":{"__typename":"Query"}}"""), await wire.PostAsync(hashed));
        Assert.Equal(Wire.Refused(200, "PERSISTED_QUERY_NOT_SUPPORTED", "PersistedQueryNotSupported"), await wireWithout.PostAsync(hashed));
    }

    private Task<ApiHost> StartAsync(params string[] settings)
        => ApiHost.StartAsync(_database, clock: null, [$"GraphQL:TrustedDocuments:Folder={_folder.FullName}", .. settings]);
}
