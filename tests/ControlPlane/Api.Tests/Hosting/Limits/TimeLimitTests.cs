using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Hosting.Limits;

/// <summary>How long requests may take, and that nothing goes on for one that was given up: not even in the database.</summary>
public sealed class TimeLimitTests(PostgresServer server) : IAsyncLifetime
{
    private const string Waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

    private readonly FakeClock _clock = new();
    private readonly PostgresDatabase _database = new(server);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    /// <summary>
    /// The statement ends with the request, but for those that others share: what a reconcile has begun, and reads, which have a connection in common. The
    /// database bounds them.
    /// </summary>
    [Theory]
    [InlineData("{ paginatedClusters { clusters { id } } }", 10, 1)]
    [InlineData("mutation { registerCluster(name: \"x\", metadataUrl: \"METADATA\") { id } }", 20, 0)]
    [InlineData("{ reconcileClusterMetadataJob { failedClusterIds } }", 300, 1)]
    [InlineData("mutation { reconcileClusterMetadataJob { failedClusterIds } }", 300, 1)]
    public async Task A_request_is_given_up_when_its_time_is_up(string document, int seconds, int statementsThatGoOn)
    {
        await using var dataPlanes = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        await using var host = await ApiHost.StartAsync(_database, _clock, "Database:ReadTimeout=00:05:00", "Database:WriteTimeout=00:10:00");
        using var admin = await host.SignInAsAdminAsync(Cancelled);
        await using var clusters = await LockClustersAsync();

        var answering = admin.SendAsync(
            document.Replace("METADATA", dataPlanes.MetadataUrl("dp").ToString(), StringComparison.Ordinal), cancellationToken: Cancelled);
        await UntilAsync(waiting: 1);
        _clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromTicks(1));
        Assert.Equal(1, await WaitingAsync());
        _clock.Advance(TimeSpan.FromTicks(1));
        var answer = await answering;

        Assert.Contains($"The request took longer than {seconds} seconds and was cancelled.", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"TIMEOUT\"", answer.Body, StringComparison.Ordinal);
        await UntilAsync(waiting: statementsThatGoOn);
    }

    [Fact]
    public async Task The_time_is_an_option_and_the_database_has_a_limit_of_its_own()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, "GraphQL:Timeout=00:10:00", "Database:ReadTimeout=00:00:01");
        using var admin = await host.SignInAsAdminAsync(Cancelled);
        await using var clusters = await LockClustersAsync();

        AnswerAssert.Refuses(
            "paginatedClusters",
            "The database took too long. Ask for less, or try again.",
            "TIMEOUT",
            await admin.SendAsync("{ paginatedClusters { clusters { id } } }", cancellationToken: Cancelled));
    }

    /// <summary>Nobody reads or writes clusters until what is returned is disposed.</summary>
    private async Task<NpgsqlConnection> LockClustersAsync()
    {
        var connection = await _database.DataSources.Writes.OpenConnectionAsync(Cancelled);
        await using var command = new NpgsqlCommand($"begin; lock table {HoustonNames.Cluster} in access exclusive mode", connection);
        await command.ExecuteNonQueryAsync(Cancelled);
        return connection;
    }

    [Fact]
    public async Task Who_leaves_takes_nothing_from_those_who_read_at_the_same_time()
    {
        await using var host = await ApiHost.StartAsync(_database, clock: null, "Database:ReadConnections=1");
        using var admin = await host.SignInAsAdminAsync(Cancelled);
        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        Task<GraphQLAnswer> staying;

        await using (await LockClustersAsync())
        {
            var left = admin.SendAsync("{ paginatedClusters { clusters { id } } }", cancellationToken: leaving.Token);
            await UntilAsync(waiting: 1);
            staying = admin.SendAsync("{ paginatedClusters { clusters { name } } }", cancellationToken: Cancelled);
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        }

        AnswerAssert.Is("""{"data":{"paginatedClusters":{"clusters":[]}}}""", await staying);
    }

    private async Task<long> WaitingAsync() => (await _database.QueryAsync<long>(Waiting, Cancelled)).Single();

    private async Task UntilAsync(long waiting)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        while (await WaitingAsync() is var now && now != waiting)
        {
            Assert.False(patience.IsCancellationRequested, $"{now} statements wait for the lock, where {waiting} should.");
        }
    }
}
