using System.Text;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Auditing;

/// <summary>
/// Who comes, who goes and who may do what never changes without a row in the audit trail: the database itself notes in which transaction a row was made or
/// deleted, while every mutation runs and people sign up in every way there is.
/// </summary>
public sealed class AuditedTransactionsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly string[] Watched = ["User", "RoleBinding", "TeamUser", "Team", "ServiceAccount", "ServiceAccountKey", "UserIdentity", "Invitation"];

    private static readonly string[] NoGroups = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_transaction_changes_who_may_do_what_without_a_row()
    {
        await using var host = await ProviderSetup.StartAsync(
            database, "Houston:PublicSignups=true", "Houston:EmailConfirmation=false", ":AllowSignUp=true", ":GroupClaim=groups");
        var now = TimeProvider.System.GetUtcNow();
        var cluster = StoredClusters.Make("one");
        var token = await SchemaCalls.StoreAsync(database, cluster, host.Services.GetRequiredService<TokenIssuer>(), now, Stop);
        await StorePeopleAsync(cluster.Id, now);
        await WatchAsync();

        // A new person who was invited, and one whose address somebody else has signed up with.
        await SignInAsync(host.Knows("1001", "invited@example.com", groups: new[] { "engines" }));
        await SignInAsync(host.Knows("1002", "adopted@example.com", groups: NoGroups));
        await SignInAsync(host.Knows("1001", "invited@example.com", groups: new[] { "bridges" }));
        var anonymous = host.Anonymous;

        // One whose address a stranger has never confirmed.
        await anonymous.SendAsync("""mutation { createUser(email: "stale@example.com", password: "Correct-horse-2") { user { id } } }""", cancellationToken: Stop);
        await InviteAndSignUpAsync(anonymous, token);
        var calls = await SchemaCalls.ReadAsync(anonymous, cluster.Id, Stop);
        using var http = new HttpClient { BaseAddress = host.Address };

        foreach (var call in calls.Of("Mutation"))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1") { Content = new StringContent(SchemaCalls.Body(call), Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("Authorization", token);
            using var response = await http.SendAsync(request, Stop);
        }

        Assert.Equal(
            [],
            await database.QueryAsync<string>(
                "select what from public.touched t where not exists (select 1 from public.touched a where a.xid = t.xid and a.what = 'INSERT AuditLog') order by 1", Stop));
        Assert.Equal(
            Watched.Select(table => $"INSERT {table}").Order(StringComparer.Ordinal),
            (await database.QueryAsync<string>("select distinct what from public.touched where what like 'INSERT %' and what <> 'INSERT AuditLog'", Stop)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["invitation.use", "roleBinding.create", "team.create", "user.adopt", "user.create", "user.delete", "user.link"],
            await database.QueryAsync<string>(
                $"""
                 select distinct action from {HoustonNames.AuditLog}
                 where operation in ('oauth', 'createUser') and outcome = 'SUCCESS' and action <> 'user.signIn' and action <> 'user.teams' order by 1
                 """,
                Stop));
    }

    private static async Task SignInAsync(Installation host)
    {
        using var browser = host.Visit();
        await browser.SignInAsync();
    }

    private static async Task InviteAndSignUpAsync(GraphQLClient anonymous, string token)
    {
        using var root = anonymous.As(token);
        var invited = await root.SendAsync("""mutation { inviteUser(email: "ada@example.com") { token } }""", cancellationToken: Stop);
        await anonymous.SendAsync(
            $$"""mutation { createUser(email: "ada@example.com", password: "Correct-horse-2", inviteToken: "{{invited.Text("inviteUser.token")}}") { user { id } } }""",
            cancellationToken: Stop);
    }

    private async Task StorePeopleAsync(Guid workspaceId, DateTimeOffset now)
    {
        // Who invites has to hold what the invitation gives when it is used.
        var root = Assert.Single(await database.QueryAsync<Guid>($"select id from {HoustonNames.User} where username = 'root'", Stop));
        await using var db = database.CreateContext();
        db.AddRange(
            Invited("invited@example.com", workspaceId, RoleNames.WorkspaceEditor, root, now),
            Invited("adopted@example.com", workspaceId, RoleNames.WorkspaceViewer, root, now));

        foreach (var name in new[] { "adopted", "stale" })
        {
            var user = new User
            {
                Id = Guid.NewGuid(),
                Username = $"{name}@example.com",
                Status = UserStatus.Pending,
                PasswordHash = "none",
                CreatedAt = FakeClock.Noon.AddYears(-1),
                UpdatedAt = FakeClock.Noon,
            };
            db.AddRange(
                user,
                new Email { Id = Guid.NewGuid(), Address = $"{name}@example.com", Primary = true, UserId = user.Id, CreatedAt = now, UpdatedAt = now },
                new UserIdentity { Provider = "other", Subject = name, UserId = user.Id, CreatedAt = now, LastUsedAt = now });
        }

        await db.SaveChangesAsync(Stop);
    }

    private static Invitation Invited(string email, Guid workspaceId, string role, Guid invitedById, DateTimeOffset now) => new()
    {
        Id = Guid.NewGuid(),
        Email = email,
        WorkspaceId = workspaceId,
        Role = role,
        TokenHash = Guid.NewGuid().ToByteArray(),
        Mailed = true,
        InvitedById = invitedById,
        CreatedAt = now,
        ExpiresAt = now.AddDays(7),
    };

    private async Task WatchAsync()
    {
        await database.ExecuteAsync(
            """
            create table public.touched (xid xid8, what text);
            create function public.touch() returns trigger language plpgsql as
            $$ begin insert into public.touched values (pg_current_xact_id(), tg_op || ' ' || tg_table_name); return null; end $$;
            """,
            Stop);

        foreach (var table in Watched.Append("AuditLog"))
        {
            await database.ExecuteAsync(
                $"create trigger touch after insert or delete on {HoustonNames.Schema}.\"{table}\" for each row execute function public.touch()", Stop);
        }
    }
}
