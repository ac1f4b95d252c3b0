using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>Who may see the schema.</summary>
public sealed class IntrospectionAccessTests(PostgresServer server) : IAsyncLifetime
{
    private const string Document = "{ __schema { queryType { name } } }";
    private const string Answer = """{"data":{"__schema":{"queryType":{"name":"Query"}}}}""";

    private const string Refusal =
        """{"errors":[{"message":"GraphQL introspection is not allowed, but the query contained __schema.","locations":[{"line":1,"column":3}],"extensions":{"code":"INTROSPECTION_DISABLED"}}]}""";

    private readonly PostgresDatabase _database = new(server);

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>The same document again and again, so that a verdict that was kept would show.</summary>
    [Theory]
    [InlineData("All", true, true)]
    [InlineData("SignedIn", false, true)]
    [InlineData("Off", false, false)]
    public async Task Is_judged_for_each_request_anew(string setting, bool forEverybody, bool forTheSignedIn)
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, $"GraphQL:Introspection={setting}");
        using var anonymous = host.Anonymous;
        using var admin = await host.SignInAsAdminAsync(TestContext.Current.CancellationToken);

        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(forEverybody ? Answer : Refusal, await AskAsync(anonymous));
            Assert.Equal(forTheSignedIn ? Answer : Refusal, await AskAsync(admin));
        }
    }

    private static async Task<string> AskAsync(GraphQLClient client)
        => (await client.SendAsync(Document, cancellationToken: TestContext.Current.CancellationToken)).Body;
}
