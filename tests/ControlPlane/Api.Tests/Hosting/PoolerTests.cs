using System.Net;
using Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>The whole host behind a real PgBouncer.</summary>
public sealed class PoolerTests(PostgresServer server) : IAsyncLifetime
{
    private const string Refusal =
        "The database is reached through a pooler in transaction or statement mode, where LISTEN, session locks, session settings and prepared statements cannot "
        + "work. Set pool_mode = session for this database, or name the server itself in ConnectionStrings:ControlPlane.";

    private string _database = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await server.CreateEmptyAsync(Stop);

    public async ValueTask DisposeAsync() => await server.DropAsync(_database, CancellationToken.None);

    [Fact(Timeout = 120_000)]
    public async Task In_session_mode_the_product_migrates_serves_signs_in_reads_tells_subscribers_and_sweeps()
    {
        Assert.SkipWhen(PgBouncer.FindProgram() is null, PgBouncer.Missing);
        await using var dataPlanes = await DataPlaneSimulator.StartAsync(cancellationToken: Stop);
        await using var pooler = await PgBouncer.StartAsync(_database, "session");
        await using var host = await StartAsync(pooler, "Houston:SyncDataplaneClusters:Enabled=true", "Houston:SyncDataplaneClusters:Schedule=* * * * * ?");
        using var admin = await host.SignInAsAdminAsync(Stop);
        await admin.SendAsync(
            "mutation($url: String!) { registerCluster(name: \"one\", metadataUrl: $url) { id } }", new { url = dataPlanes.MetadataUrl("one") }, Stop);
        await using var subscription = await HostSubscription.OpenAsync(
            host, await TokenAsync(host), "subscription { clusterStatusChanged { cluster { name } transition { to cause } } }");

        dataPlanes.Set("one", Fault.Unhealthy);

        Assert.Equal("""{"data":{"clusterStatusChanged":{"cluster":{"name":"one"},"transition":{"to":"INACTIVE","cause":"SCHEDULE"}}}}""", await subscription.NextAsync());
        Assert.Equal(
            """{"data":{"paginatedClusters":{"clusters":[{"name":"one","status":"INACTIVE","freshness":"FRESH"}],"count":1}}}""",
            (await admin.SendAsync("{ paginatedClusters { clusters { name status freshness } count } }", cancellationToken: Stop)).Body);
        Assert.Equal((HttpStatusCode.OK, """{"ready":true}"""), await ReadyAsync(host));
    }

    [Fact(Timeout = 120_000)]
    public async Task The_server_still_ends_a_read_that_takes_too_long()
    {
        Assert.SkipWhen(PgBouncer.FindProgram() is null, PgBouncer.Missing);
        await using var pooler = await PgBouncer.StartAsync(_database, "session");
        await using var sources = new ControlPlaneDataSources(pooler.ConnectionString, new DatabaseOptions { ReadTimeout = TimeSpan.FromSeconds(1) });

        for (var i = 0; i < 2; i++)
        {
            await using var command = sources.Reads.CreateCommand("SELECT pg_sleep(60)");
            Assert.Equal(PostgresErrorCodes.QueryCanceled, (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync(Stop))).SqlState);
        }
    }

    [Theory(Timeout = 120_000)]
    [InlineData("transaction", 0, 0)]
    [InlineData("transaction", 1, 0)]
    [InlineData("transaction", 0, 10)]
    [InlineData("transaction", 1, 10)]
    [InlineData("statement", 0, 0)]
    [InlineData("statement", 1, 10)]
    public async Task Where_sessions_are_shared_the_start_is_refused_with_what_cannot_work(string poolMode, int roundRobin, int connectionsBefore)
    {
        Assert.SkipWhen(PgBouncer.FindProgram() is null, PgBouncer.Missing);
        await using var pooler = await PgBouncer.StartAsync(_database, poolMode, $"server_round_robin = {roundRobin}");
        await UseAsync(pooler, connectionsBefore);

        Assert.Equal(Refusal, (await Assert.ThrowsAsync<UnsupportedDatabaseException>(() => StartAsync(pooler))).Message);
        await using var server = NpgsqlDataSource.Create(_database);
        await using var made = server.CreateCommand("SELECT to_regnamespace('houston$default') IS NULL");
        Assert.Equal(true, await made.ExecuteScalarAsync(Stop));
    }

    [Fact(Timeout = 120_000)]
    public async Task A_pooler_that_accepts_connections_and_answers_nothing_is_not_ready_until_it_answers()
    {
        Assert.SkipWhen(PgBouncer.FindProgram() is null, PgBouncer.Missing);
        await using var pooler = await PgBouncer.StartAsync(_database, "session");
        await using var host = await StartAsync(pooler);

        Signals.Hold(pooler.Process);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, true), await FailsAsync(host, "\"database\":\"The database does not answer within 4 s.\""));
        Signals.Release(pooler.Process);

        await host.UntilReadyAsync(Stop);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_server_that_refuses_what_requests_ask_of_it_is_not_ready_though_it_answers()
    {
        await using var host = await ApiHost.StartAsync(null, clock: null, $"ConnectionStrings:ControlPlane={_database}");
        await host.UntilReadyAsync(Stop);
        await using var server = NpgsqlDataSource.Create(_database);
        await using var rename = server.CreateCommand($"ALTER TABLE {HoustonNames.UserToken} RENAME TO \"Elsewhere\"");

        await rename.ExecuteNonQueryAsync(Stop);

        Assert.Equal(
            (HttpStatusCode.ServiceUnavailable, """{"ready":false,"missing":{"database":"The database refuses what requests ask of it: relation \u0022houston$default.UserToken\u0022 does not exist"}}"""),
            await ReadyAsync(host));
    }

    private static Task<ApiHost> StartAsync(PgBouncer pooler, params string[] settings)
        => ApiHost.StartAsync(null, clock: null, [$"ConnectionStrings:ControlPlane={pooler.ConnectionString}", .. settings]);

    /// <summary>Connections that others made and gave back, so that the pooler has some to choose from.</summary>
    private static async Task UseAsync(PgBouncer pooler, int connections)
    {
        await using var source = new NpgsqlSlimDataSourceBuilder(pooler.ConnectionString).Build();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(async _ =>
        {
            await using var command = source.CreateCommand("SELECT pg_sleep(0.2)");
            await command.ExecuteNonQueryAsync(Stop);
        }));
    }

    private static async Task<string> TokenAsync(ApiHost host)
    {
        using var anonymous = host.Anonymous;
        return (await anonymous.SendAsync(
            """mutation { createToken(identity: "admin@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Stop)).Text("createToken.token.value");
    }

    private static async Task<(HttpStatusCode Status, bool Says)> FailsAsync(ApiHost host, string words)
    {
        var (status, body) = await ReadyAsync(host);
        return (status, body.Contains(words, StringComparison.Ordinal));
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(ApiHost host)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri(host.Address, "/v1/readyz"), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
