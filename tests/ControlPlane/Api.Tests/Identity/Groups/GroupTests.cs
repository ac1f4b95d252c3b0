using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Groups;

/// <summary>What callers of the groups of 2018 see.</summary>
public sealed class GroupTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private const string Admins = "c975c787-6d47-4db2-b2e8-b5c4e030fea6";
    private const string Viewers = "1b8e64d9-93af-4c72-a05e-d47c8f2b6e10";

    private Installation _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"""truncate {HoustonNames.User}, {HoustonNames.AuditLog} cascade""", CancellationToken.None);
        _host = await Installation.StartAsync(database, new());
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("", """[{"label":"default-admin"},{"label":"default-editor"},{"label":"default-viewer"}]""")]
    [InlineData("(entityType: null)", """[{"label":"default-admin"},{"label":"default-editor"},{"label":"default-viewer"}]""")]
    [InlineData("(entityType: \"SYSTEM\")", """[{"label":"default-admin"},{"label":"default-editor"},{"label":"default-viewer"}]""")]
    [InlineData("(entityType: \"workspace\")", "[]")]
    public async Task There_are_groups_of_the_platform_alone(string arguments, string groups)
        => Assert.Equal("{\"data\":{\"groups\":" + groups + "}}", (await AskAsync($"{{ groups{arguments} {{ label }} }}")).Body);

    [Fact]
    public async Task A_member_has_the_role_of_the_group_until_they_are_taken_out()
    {
        var user = (await MakeUsersAsync(1))[0];

        Assert.Equal(
            $$$$"""{"data":{"groupAddUser":{"id":"{{{{Viewers}}}}","label":"default-viewer","users":[{"id":"{{{{user}}}}","roleBindings":[{"role":"SYSTEM_VIEWER"}]}]}}}""",
            (await AskAsync($"mutation {{ groupAddUser(groupUuid: \"{Viewers}\", userUuid: \"{user}\") {{ id label users {{ id roleBindings {{ role }} }} }} }}")).Body);
        Assert.Equal(
            """{"data":{"groupRemoveUser":{"label":"default-viewer","users":[]}}}""",
            (await AskAsync($"mutation {{ groupRemoveUser(groupUuid: \"{Viewers}\", userUuid: \"{user}\") {{ label users {{ id }} }} }}")).Body);
        Assert.Equal(
            ["groupAddUser SYSTEM_VIEWER", "groupRemoveUser SYSTEM_VIEWER"],
            await database.QueryAsync<string>(
                $"""select concat(operation, ' ', "entityName") from {HoustonNames.AuditLog} where "entityType" = 'roleBinding' and outcome = 'SUCCESS' order by operation""", Cancelled));
    }

    [Fact]
    public async Task The_rules_of_system_roles_hold_for_groups()
    {
        var self = (await AskAsync("{ self { user { id } } }")).Text("self.user.id");
        var user = (await MakeUsersAsync(1))[0];

        await RefusesAsync("groupAddUser", Viewers, self, "You cannot change your own system role.", "OWN_ROLE");
        await RefusesAsync("groupRemoveUser", Admins, self, "You cannot change your own system role.", "OWN_ROLE");
        await RefusesAsync("groupRemoveUser", Viewers, user.ToString(), "Role binding not found", "ROLE_BINDING_NOT_FOUND");
        await RefusesAsync("groupAddUser", Viewers, "no-id-of-ours", "User not found", "USER_NOT_FOUND");
        await RefusesAsync("groupAddUser", user.ToString(), user.ToString(), "Group not found", "GROUP_NOT_FOUND");
        await RefusesAsync("groupRemoveUser", "no-id-of-ours", user.ToString(), "Group not found", "GROUP_NOT_FOUND");
    }

    [Fact]
    public async Task The_hundred_latest_members_of_a_group_are_shown()
    {
        var users = await MakeUsersAsync(101);
        await using (var db = database.CreateContext())
        {
            db.AddRange(users.Select((user, i) => new RoleBinding
            {
                Id = Guid.CreateVersion7(FakeClock.Noon),
                Role = RoleNames.SystemViewer,
                UserId = user,
                CreatedAt = DateTimeOffset.UnixEpoch.AddSeconds(i),
            }));
            await db.SaveChangesAsync(Cancelled);
        }

        var answer = await AskAsync("{ groups { users { id } } }");

        Assert.Equal(
            users.Skip(1).Reverse().Select(u => u.ToString()),
            answer.Data("groups").EnumerateArray().ElementAt(2).GetProperty("users").EnumerateArray().Select(u => u.GetProperty("id").GetString()));
        Assert.Equal(1, answer.Data("groups")[0].GetProperty("users").GetArrayLength());
    }

    private Task<GraphQLAnswer> AskAsync(string document) => _host.Admin.SendAsync(document, cancellationToken: Cancelled);

    private async Task RefusesAsync(string field, string group, string user, string message, string code)
        => AnswerAssert.Refuses(
            field, message, code, await AskAsync($"mutation {{ {field}(groupUuid: \"{group}\", userUuid: \"{user}\") {{ label }} }}"));

    private async Task<Guid[]> MakeUsersAsync(int count)
    {
        var now = FakeClock.Noon;
        var users = Enumerable.Range(0, count)
            .Select(i => new User { Id = Guid.CreateVersion7(now), Username = $"user {i}", Status = UserStatus.Active, CreatedAt = now, UpdatedAt = now })
            .ToArray();
        await using var db = database.CreateContext();
        db.AddRange(users.AsEnumerable());
        db.AddRange(users.Select(u => new Email { Id = u.Id, Address = $"{u.Id}@example.com", Primary = true, Verified = true, UserId = u.Id, CreatedAt = now }));
        await db.SaveChangesAsync(Cancelled);
        return [.. users.Select(u => u.Id)];
    }
}
