using Apc.ControlPlane.Api.Fleet.Subscriptions;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Clusters;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>What a replica reads, however transactions and servers come and go.</summary>
public sealed class FeedReaderTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private FeedReader _reader = null!;
    private NpgsqlConnection _connection = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"DELETE FROM {HoustonNames.Cluster}; DELETE FROM {HoustonNames.OutboxEvent}", Cancellation);
        await using var db = database.CreateContext();
        db.AddRange(Enumerable.Range(1, 3).Select(n => StoredClusters.Make(n)));
        await db.SaveChangesAsync(Cancellation);
        _reader = new FeedReader(FreshnessLimit.ForPeriod(TimeSpan.FromHours(1)), _clock);
        _connection = await database.DataSources.Listening.OpenConnectionAsync(Cancellation);
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    [Fact]
    public async Task Begins_with_what_commits_after_the_first_snapshot()
    {
        await WriteAsync(1);
        var (first, told) = await ReadAsync(null);
        Assert.Empty(told);

        await WriteAsync(2);
        await WriteAsync(3);
        var (second, later) = await ReadAsync(first);
        Assert.Equal(["c2", "c3"], later);

        Assert.Empty((await ReadAsync(second)).Told);
    }

    [Fact]
    public async Task Reads_what_commits_after_what_was_written_later()
    {
        var (before, _) = await ReadAsync(null);
        await using var slow = await database.DataSources.Writes.OpenConnectionAsync(Cancellation);
        await using var transaction = await slow.BeginTransactionAsync(Cancellation);
        await WriteAsync(1, slow);
        await WriteAsync(2);

        var (between, told) = await ReadAsync(before);
        Assert.Equal(["c2"], told);

        await transaction.CommitAsync(Cancellation);
        Assert.Equal(["c1"], (await ReadAsync(between)).Told);
    }

    [Fact]
    public async Task Reads_nothing_of_what_was_rolled_back()
    {
        var (before, _) = await ReadAsync(null);

        await using (var connection = await database.DataSources.Writes.OpenConnectionAsync(Cancellation))
        await using (await connection.BeginTransactionAsync(Cancellation))
        {
            await WriteAsync(1, connection);
        }

        await WriteAsync(2);
        Assert.Equal(["c2"], (await ReadAsync(before)).Told);
    }

    [Fact]
    public async Task Repeats_nothing_that_was_told_before_a_pass_broke_off()
    {
        var (before, _) = await ReadAsync(null);
        await WriteAsync(1);
        await WriteAsync(2);
        await WriteAsync(3);
        var subscriber = Subscriber(maxPending: 1);

        // There is room for one. While the reader is waited for the connection is cut; what has come over it by then is still told.
        var pass = _reader.DeliverAsync(_connection, before, () => [subscriber], Cancellation);
        await _clock.WaitForTimersAsync(1, Cancellation);
        await database.QueryAsync<bool>($"SELECT pg_terminate_backend({_connection.ProcessID}, 10000)", Cancellation);
        var told = new List<string>();

        while (!pass.IsCompleted || subscriber.Inbox.Count > 0)
        {
            told.AddRange(Take(subscriber));
            await Task.Yield();
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => pass);
        await _connection.DisposeAsync();
        _connection = await database.DataSources.Listening.OpenConnectionAsync(Cancellation);
        told.AddRange((await ReadAsync(before)).Told);
        Assert.Equal(["c1", "c2", "c3"], told);
    }

    [Theory]
    [InlineData("4000000000:4000000000:")]
    [InlineData("4000000000:4000000009:4000000002,4000000003")]
    public async Task Begins_anew_with_a_server_that_was_set_back(string ofAnotherServer)
    {
        await WriteAsync(1);
        var (snapshot, told) = await ReadAsync(ofAnotherServer);
        Assert.Empty(told);

        await WriteAsync(2);
        Assert.Equal(["c2"], (await ReadAsync(snapshot)).Told);
    }

    [Fact]
    public async Task Passes_over_numbers_that_a_restored_dump_brought_along()
    {
        var (before, _) = await ReadAsync(null);
        await WriteAsync(1);
        await database.ExecuteAsync($"""UPDATE {HoustonNames.OutboxEvent} SET "xactId" = '4000000000'""", Cancellation);
        await WriteAsync(2);

        Assert.Equal(["c2"], (await ReadAsync(before)).Told);
    }

    private async Task<(string Snapshot, List<string> Told)> ReadAsync(string? since)
    {
        var subscriber = Subscriber(maxPending: 100);
        var snapshot = await _reader.DeliverAsync(_connection, since, () => [subscriber], Cancellation);
        return (snapshot, Take(subscriber));
    }

    private StatusSubscriber Subscriber(int maxPending) => new(new StatusFilter(null, null), ClusterColumns.Name, maxPending, _clock);

    private static List<string> Take(StatusSubscriber subscriber)
    {
        var names = new List<string>();

        while (subscriber.Inbox.Reader.TryRead(out var change))
        {
            names.Add(change.Cluster.Name);
        }

        return names;
    }

    private async Task WriteAsync(int n)
    {
        await using var connection = await database.DataSources.Writes.OpenConnectionAsync(Cancellation);
        await WriteAsync(n, connection);
    }

    private static Task WriteAsync(int n, NpgsqlConnection connection) => StoredChanges.WriteAsync(connection, StoredClusters.Id(n), Cancellation);
}
