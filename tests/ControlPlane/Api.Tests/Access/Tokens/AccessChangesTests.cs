using System.Text.Json;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Access.Tokens;

/// <summary>
/// What another replica changes, or an operator in the database, is seen at once. The clock of the replica that is asked stands still, so that what it
/// believes never ages by itself.
/// </summary>
public sealed class AccessChangesTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    // Later than the database's own clock, so that to it no token has expired.
    private readonly FakeClock _clock = new(new DateTimeOffset(2100, 1, 1, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""update houston$default."UserToken" set "revokedAt" = now()""")]
    [InlineData("""delete from houston$default."UserToken" where "publicId" = '{token}'""")]
    [InlineData("""update houston$default."User" set status = 'PENDING' where id = '{user}'""")]
    [InlineData("""delete from houston$default."User" where id = '{user}'""")]
    public async Task A_token_that_was_ended_elsewhere_is_refused(string change)
    {
        await using var host = await ApiHost.StartAsync(database, _clock);
        var (user, token) = await AddUserAsync(host, RoleNames.SystemViewer);
        Assert.Equal("SYSTEM_VIEWER", await AskUntilAsync(host, token, _ => true));

        await database.ExecuteAsync(
            change.Replace("{user}", user.ToString(), StringComparison.Ordinal).Replace("{token}", PublicIdOf(token), StringComparison.Ordinal), Cancellation);

        await AskUntilAsync(host, token, answer => answer == "UNAUTHENTICATED");
    }

    [Theory]
    [InlineData("""delete from houston$default."RoleBinding" where "userId" = '{user}'""", "FORBIDDEN")]
    [InlineData("""update houston$default."RoleBinding" set role = 'USER' where "userId" = '{user}'""", "FORBIDDEN")]
    public async Task A_role_that_was_taken_elsewhere_is_gone(string change, string answer)
    {
        await using var host = await ApiHost.StartAsync(database, _clock);
        var (user, token) = await AddUserAsync(host, RoleNames.SystemViewer);
        Assert.Equal("SYSTEM_VIEWER", await AskUntilAsync(host, token, _ => true));

        await database.ExecuteAsync(change.Replace("{user}", user.ToString(), StringComparison.Ordinal), Cancellation);

        await AskUntilAsync(host, token, given => given == answer);
    }

    [Fact]
    public async Task A_role_of_a_team_counts_as_long_as_one_is_in_it()
    {
        await using var host = await ApiHost.StartAsync(database, _clock);
        var (user, token) = await AddUserAsync(host, role: null);
        Assert.Equal("FORBIDDEN", await AskUntilAsync(host, token, _ => true));

        await database.ExecuteAsync(
            $"""
             with team as (insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt") values (gen_random_uuid(), 'watchers', 'local', now(), now()) returning id),
                  bound as (insert into houston$default."RoleBinding" (id, role, "teamId", "createdAt") select gen_random_uuid(), 'SYSTEM_VIEWER', id, now() from team)
             insert into houston$default."TeamUser" ("teamId", "userId", "createdAt") select id, '{user}', now() from team
             """,
            Cancellation);
        await AskUntilAsync(host, token, answer => answer == "SYSTEM_VIEWER");

        await database.ExecuteAsync($"""delete from houston$default."TeamUser" where "userId" = '{user}'""", Cancellation);
        await AskUntilAsync(host, token, answer => answer == "FORBIDDEN");
    }

    [Fact]
    public async Task A_custom_role_gives_what_it_holds_now()
    {
        await using var host = await ApiHost.StartAsync(database, _clock);
        var (user, token) = await AddUserAsync(host, role: null);

        await database.ExecuteAsync(
            $$"""
              with role as (
                  insert into houston$default."CustomRole" (id, name, scope, permissions, "createdAt", "updatedAt")
                  values (gen_random_uuid(), 'watcher', 'SYSTEM', '{system.clusters.get,a.later.one}', now(), now()) returning id)
              insert into houston$default."RoleBinding" (id, "customRoleId", "userId", "createdAt") select gen_random_uuid(), id, '{{user}}', now() from role
              """,
            Cancellation);
        await AskUntilAsync(host, token, answer => answer == "SYSTEM_VIEWER");

        await database.ExecuteAsync("""update houston$default."CustomRole" set permissions = '{system.clusters.update}'""", Cancellation);
        await AskUntilAsync(host, token, answer => answer == "FORBIDDEN");
    }

    [Fact]
    public async Task A_replica_whose_connection_was_cut_listens_again()
    {
        await using var host = await ApiHost.StartAsync(database, _clock);
        var (user, token) = await AddUserAsync(host, RoleNames.SystemViewer);
        Assert.Equal("SYSTEM_VIEWER", await AskUntilAsync(host, token, _ => true));
        var cut = await ListenerAsync();
        await database.QueryAsync<bool>($"select pg_terminate_backend({cut}, 10000)", Cancellation);

        while (await ListenersAsync() is not [var other] || other == cut)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("SYSTEM_VIEWER", await AskUntilAsync(host, token, _ => true));
        await database.ExecuteAsync($"""delete from houston$default."RoleBinding" where "userId" = '{user}'""", Cancellation);
        await AskUntilAsync(host, token, answer => answer == "FORBIDDEN");
    }

    /// <summary>The process of the one connection that listens, once there is one.</summary>
    private async Task<int> ListenerAsync()
    {
        while (true)
        {
            if (await ListenersAsync() is [var only])
            {
                return only;
            }
        }
    }

    private Task<List<int>> ListenersAsync() => database.QueryAsync<int>(
        $"select pid from pg_stat_activity where application_name = '{ControlPlaneDataSources.AccessListenerName}' and datname = current_database()", Cancellation);

    private async Task<(Guid UserId, string Token)> AddUserAsync(ApiHost host, string? role)
    {
        // Whoever is asked before the replica listens has to be asked again by it.
        await ListenerAsync();
        var now = _clock.GetUtcNow();
        var id = Guid.NewGuid();
        await using var db = database.CreateContext();
        db.Add(new User { Id = id, Username = id.ToString(), Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now });

        if (role is not null)
        {
            db.Add(new RoleBinding { Id = Guid.CreateVersion7(now), Role = role, UserId = id, CreatedAt = now });
        }

        var (token, row) = host.Services.GetRequiredService<TokenIssuer>().IssueForUser(id);
        db.Add(row);
        await db.SaveChangesAsync(Cancellation);
        return (id, token.Text);
    }

    private static string PublicIdOf(string token) => token.Substring("apc_u_".Length, AccessToken.PublicIdLength);

    /// <summary>Asks until the answer is as wanted, or the test's time is over: SYSTEM_VIEWER for somebody who may see runs, else the error's code.</summary>
    private static async Task<string> AskUntilAsync(ApiHost host, string token, Func<string, bool> isWanted)
    {
        using var client = host.Anonymous.As(token);

        while (true)
        {
            var answer = await client.SendAsync("{ clusterSyncRuns(take: 1) { id } }", cancellationToken: Cancellation);
            using var body = JsonDocument.Parse(answer.Body);
            var given = body.RootElement.TryGetProperty("errors", out var errors)
                ? errors[0].GetProperty("extensions").GetProperty("code").GetString()!
                : "SYSTEM_VIEWER";

            if (isWanted(given))
            {
                return given;
            }
        }
    }
}
