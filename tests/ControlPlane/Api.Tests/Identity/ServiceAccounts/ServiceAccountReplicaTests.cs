using System.Diagnostics;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Identity.ServiceAccounts;

/// <summary>What one replica does to service accounts, as another one sees it.</summary>
public sealed class ServiceAccountReplicaTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private Installation _host = null!;
    private Installation _other = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _host = await Installation.StartAsync(database, new());
        _other = await Installation.StartAsync(database, new());
    }

    public async ValueTask DisposeAsync()
    {
        await _other.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("deleteSystemServiceAccount({0})")]
    [InlineData("rotateServiceAccountKey({0}, overlap: 0)")]
    [InlineData("updateSystemServiceAccount({0}, payload: {{ active: false }})")]
    public async Task A_key_that_is_ended_by_one_replica_is_refused_by_the_other_within_a_second(string field)
    {
        var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);
        Assert.Null(await _other.RefusalAsync(account.Key));
        var operation = string.Format(System.Globalization.CultureInfo.InvariantCulture, field, $"serviceAccountUuid: \"{account.Id}\"");

        Assert.Null((await _host.Admin.SendAsync($"mutation {{ {operation} {{ id }} }}", cancellationToken: Cancellation)).Code);
        var ended = Stopwatch.StartNew();
        Assert.Equal("UNAUTHENTICATED", await _host.RefusalAsync(account.Key));
        TimeSpan asked;

        do
        {
            // The moment before the question: from a second on the answer has to be no.
            asked = ended.Elapsed;
        }
        while (await _other.RefusalAsync(account.Key) is null && asked < TimeSpan.FromSeconds(1));

        Assert.Equal("UNAUTHENTICATED", await _other.RefusalAsync(account.Key));
    }

    [Fact(Timeout = 30_000)]
    public async Task Uses_tell_no_replica_and_changed_keys_tell_all()
    {
        var account = await _host.MakeAccountAsync(ServiceAccountEntity.System, RoleNames.SystemViewer);
        await using var listening = await ListenAsync();
        await _host.RefusalAsync(account.Key);

        while (await LastUseAsync(account) == "")
        {
            Cancellation.ThrowIfCancellationRequested();
        }

        await TellAsync("after the use");
        await ExecuteAsync("""update houston$default."ServiceAccountKey" set "expiresAt" = now()""", account);
        await TellAsync("after the end");
        await ExecuteAsync("""delete from houston$default."ServiceAccountKey" """, account);
        await TellAsync("after the deletion of what had ended");

        Assert.Equal(["after the use", "", "after the end", "after the deletion of what had ended"], await HeardAsync(listening, 4));
    }

    private async Task<string> LastUseAsync(MadeAccount account)
        => (await database.QueryAsync<string>(
            $"""
             select coalesce(k."lastUsedAt"::text, '') from houston$default."ServiceAccountKey" k
             join houston$default."ServiceAccount" s on s.id = k."serviceAccountId" and s."lastUsedAt" is not distinct from k."lastUsedAt"
             where s.id = '{account.Id}'
             """,
            Cancellation)).Single();

    private Task ExecuteAsync(string statement, MadeAccount account)
        => database.ExecuteAsync($"""{statement} where "serviceAccountId" = '{account.Id}'""", Cancellation);

    private Task TellAsync(string text) => database.ExecuteAsync($"select pg_notify('apc_access', '{text}')", Cancellation);

    private async Task<NpgsqlConnection> ListenAsync()
    {
        var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = "listen apc_access";
        await command.ExecuteNonQueryAsync(Cancellation);
        return connection;
    }

    private static async Task<List<string>> HeardAsync(NpgsqlConnection connection, int count)
    {
        var heard = new List<string>();
        connection.Notification += (_, notification) => heard.Add(notification.Payload);

        while (heard.Count < count)
        {
            await connection.WaitAsync(Cancellation);
        }

        return heard;
    }
}
