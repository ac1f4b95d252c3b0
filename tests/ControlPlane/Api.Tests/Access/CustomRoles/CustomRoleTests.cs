using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Access.CustomRoles;

/// <summary>What callers of custom roles see.</summary>
public sealed class CustomRoleTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly Guid _workspace = Guid.NewGuid();
    private readonly Guid _elsewhere = Guid.NewGuid();
    private Installation _host = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync(
            $"truncate {HoustonNames.User}, {HoustonNames.ServiceAccount}, {HoustonNames.CustomRole}, {HoustonNames.Workspace} cascade", CancellationToken.None);
        _host = await Installation.StartAsync(database, new());
        await using var db = database.CreateContext();
        db.AddRange(
            new Workspace { Id = _workspace, Label = "one", CreatedAt = FakeClock.Noon },
            new Workspace { Id = _elsewhere, Label = "two", CreatedAt = FakeClock.Noon });
        await db.SaveChangesAsync(Cancelled);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_role_is_made_read_changed_and_deleted()
    {
        var made = await AskAsync(
            """mutation { createCustomRole(name: " Team reader ", scope: WORKSPACE, permissions: ["workspace.users.get", "workspace.teams.*", "workspace.users.get"], description: "Reads.") { id name scope description permissions effectivePermissions } }""");
        var id = made.Text("createCustomRole.id");
        var role = $$"""{"id":"{{id}}","name":"Team reader","scope":"WORKSPACE","description":"Reads.","permissions":["workspace.teams.*","workspace.users.get"],"effectivePermissions":["workspace.teams.get","workspace.teams.getAll","workspace.users.get"]}""";
        Assert.Equal("{\"data\":{\"createCustomRole\":" + role + "}}", made.Body);
        Assert.Equal(
            "{\"data\":{\"customRole\":" + role + "}}",
            (await AskAsync($"{{ customRole(id: \"{id}\") {{ id name scope description permissions effectivePermissions }} }}")).Body);

        Assert.Equal(
            """{"data":{"updateCustomRole":{"name":"Team reader","description":null,"permissions":["workspace.config.get"]}}}""",
            (await AskAsync($"mutation {{ updateCustomRole(id: \"{id}\", permissions: [\"workspace.config.get\"], description: \"\") {{ name description permissions }} }}")).Body);
        Assert.Equal(
            """{"data":{"deleteCustomRole":{"name":"Team reader"}}}""", (await AskAsync($"mutation {{ deleteCustomRole(id: \"{id}\") {{ name }} }}")).Body);
        await RefusesAsync("customRole", $"{{ customRole(id: \"{id}\") {{ id }} }}", "Custom role not found", "CUSTOM_ROLE_NOT_FOUND");
        await RefusesAsync("updateCustomRole", $"mutation {{ updateCustomRole(id: \"{id}\") {{ id }} }}", "Custom role not found", "CUSTOM_ROLE_NOT_FOUND");
        await RefusesAsync("deleteCustomRole", "mutation { deleteCustomRole(id: \"x\") { id } }", "Custom role not found", "CUSTOM_ROLE_NOT_FOUND");
        Assert.Equal(
            ["customRole.create createCustomRole", "customRole.delete deleteCustomRole", "customRole.update updateCustomRole"],
            await database.QueryAsync<string>(
                $"""select concat(action, ' ', operation) from {HoustonNames.AuditLog} where "entityId" = '{id}' and outcome = 'SUCCESS' order by 1""", Cancelled));
    }

    [Theory]
    [InlineData("Reader", "WORKSPACE", "\"workspace.user.get\"", "There is no permission workspace.user.get. Did you mean \"workspace.users.get\", \"workspace.users.getAll\", \"workspace.teams.get\", \"workspace.config.get\", or \"workspace.invites.get\"?", "INVALID_CUSTOM_ROLE")]
    [InlineData("Reader", "WORKSPACE", "\"system.users.get\"", "system.users.get does not count in a role of the scope WORKSPACE.", "INVALID_CUSTOM_ROLE")]
    [InlineData("Reader", "CLUSTER", "\"system.*\"", "system.* does not count in a role of the scope CLUSTER.", "INVALID_CUSTOM_ROLE")]
    [InlineData(" ", "WORKSPACE", "", "The name is one line of 1 to 64 characters: letters, marks, numbers, punctuation, symbols and single spaces. The role needs 1 to 500 permissions.", "INVALID_CUSTOM_ROLE")]
    [InlineData("system_Admin", "SYSTEM", "\"system.users.get\"", "There is a role with the name system_Admin already.", "CUSTOM_ROLE_NAME_TAKEN")]
    [InlineData("TAKEN", "SYSTEM", "\"system.users.get\"", "There is a role with the name TAKEN already.", "CUSTOM_ROLE_NAME_TAKEN")]
    public async Task What_cannot_be_a_role_is_said(string name, string scope, string permissions, string message, string code)
    {
        await MakeRoleAsync("Taken", "DEPLOYMENT", "deployment.*");

        await RefusesAsync(
            "createCustomRole", $"mutation {{ createCustomRole(name: \"{name}\", scope: {scope}, permissions: [{permissions}]) {{ id }} }}", message, code);
    }

    [Fact]
    public async Task Roles_are_listed_a_page_at_a_time()
    {
        await MakeRoleAsync("one", "WORKSPACE", "workspace.config.get");
        var two = await MakeRoleAsync("two", "WORKSPACE", "workspace.config.get");
        await MakeRoleAsync("three", "SYSTEM", "system.users.get");
        await MakeRoleAsync("four", "WORKSPACE", "workspace.config.get");

        Assert.Equal(
            """{"data":{"customRoles":{"customRoles":[{"name":"one"},{"name":"two"}],"count":3}}}""",
            (await AskAsync("{ customRoles(scope: WORKSPACE, take: 2) { customRoles { name } count } }")).Body);
        Assert.Equal(
            """{"data":{"customRoles":{"customRoles":[{"name":"three"},{"name":"four"}],"count":4}}}""",
            (await AskAsync($"{{ customRoles(cursor: \"{two}\") {{ customRoles {{ name }} count }} }}")).Body);
        await RefusesAsync(
            "customRoles",
            "{ customRoles(cursor: \"x\") { count } }",
            "There is no custom role with the id 'x' to start after. Start again without a cursor.",
            "CURSOR_NOT_FOUND");
    }

    [Fact]
    public async Task The_catalog_has_every_permission_with_what_it_allows()
    {
        var catalog = (await AskAsync("{ permissionCatalog { name scope description } }")).Data("permissionCatalog").EnumerateArray().ToArray();

        Assert.Equal(Permission.All.Select(p => p.Name).Order(StringComparer.Ordinal), catalog.Select(p => p.GetProperty("name").GetString()));
        Assert.All(catalog, p => Assert.NotEqual("", p.GetProperty("description").GetString()));
        Assert.Contains("""{"name":"workspace.config.get","scope":"WORKSPACE","description":"See the workspace."}""", catalog.Select(p => p.GetRawText()));
        Assert.Contains(
            """{"name":"system.invite.get","scope":"SYSTEM","description":"See one invitation. Houston distinguishes it from system.invites.get."}""",
            catalog.Select(p => p.GetRawText()));
    }

    [Fact]
    public async Task A_role_counts_where_it_is_bound_from_the_next_request_on_also_when_it_is_changed()
    {
        var (user, token) = await MakeUserAsync();
        using var eve = _host.Admin.As(token);
        var role = await MakeRoleAsync("Observer", "SYSTEM", "system.monitoring.get");

        Assert.Equal(
            """{"data":{"createCustomRoleBinding":{"role":null,"customRole":{"name":"Observer"}}}}""",
            (await BindAsync("create", role, $"userId: \"{user}\"")).Body);
        Assert.Equal("system.monitoring.get", await ExtraAsync(eve));

        await AskAsync($"mutation {{ updateCustomRole(id: \"{role}\", permissions: [\"system.updates.get\"]) {{ id }} }}");
        Assert.Equal("system.updates.get", await ExtraAsync(eve));
        await RefusesAsync(
            "deleteCustomRole",
            $"mutation {{ deleteCustomRole(id: \"{role}\") {{ id }} }}",
            "The role is given once. Take it from its holders first: deleteCustomRoleBinding.",
            "CUSTOM_ROLE_HELD");

        await BindAsync("delete", role, $"userId: \"{user}\"");
        Assert.Equal("", await ExtraAsync(eve));
        await AskAsync($"mutation {{ deleteCustomRole(id: \"{role}\") {{ id }} }}");
    }

    [Fact]
    public async Task A_change_is_seen_by_another_replica_at_once()
    {
        // Its clock stands still, so that what it believes never ages by itself.
        await using var other = await ApiHost.StartAsync(database, new FakeClock(new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        var role = await MakeRoleAsync("Observer", "SYSTEM", "system.monitoring.get");
        var (user, token) = await MakeUserAsync(other);
        await BindAsync("create", role, $"userId: \"{user}\"");
        using var anonymous = other.Anonymous;
        using var eve = anonymous.As(token);
        Assert.Equal("system.monitoring.get", await UntilAsync(eve, "system.monitoring.get"));

        await AskAsync($"mutation {{ updateCustomRole(id: \"{role}\", permissions: [\"system.updates.get\"]) {{ id }} }}");

        Assert.Equal("system.updates.get", await UntilAsync(eve, "system.updates.get"));
    }

    [Fact]
    public async Task A_role_is_bound_to_what_its_scope_wants()
    {
        var (user, _) = await MakeUserAsync();
        var ofWorkspace = await MakeRoleAsync("Reader", "WORKSPACE", "workspace.config.get");
        var ofSystem = await MakeRoleAsync("Observer", "SYSTEM", "system.monitoring.get");

        await BindRefusesAsync(ofWorkspace, $"userId: \"{user}\"", "Reader is a role of the scope WORKSPACE: name one such, and nothing else.", "INVALID_ROLE");
        await BindRefusesAsync(
            ofSystem, $"userId: \"{user}\", workspaceUuid: \"{_workspace}\"", "Observer is a role of the platform: name no workspace, deployment or cluster.", "INVALID_ROLE");
        await BindRefusesAsync(ofSystem, "", "Name one of userId, teamUuid and serviceAccountUuid.", "ROLE_HOLDER_AMBIGUOUS");
        await BindRefusesAsync(ofSystem, "userId: \"x\"", "User not found", "USER_NOT_FOUND");
        await BindRefusesAsync(ofSystem, "teamUuid: \"x\"", "Team not found", "TEAM_NOT_FOUND");
        await BindRefusesAsync(ofSystem, "serviceAccountUuid: \"x\"", "Service account not found", "SERVICE_ACCOUNT_NOT_FOUND");
        await BindRefusesAsync(ofWorkspace, $"userId: \"{user}\", workspaceUuid: \"x\"", "Workspace not found", "WORKSPACE_NOT_FOUND");
        await BindRefusesAsync(user, $"userId: \"{user}\"", "Custom role not found", "CUSTOM_ROLE_NOT_FOUND");
    }

    [Fact]
    public async Task An_admin_of_a_workspace_gives_roles_in_it_that_they_cover_and_none_elsewhere()
    {
        var (user, _) = await MakeUserAsync();
        var (_, token) = await MakeUserAsync(_host.Host, RoleTable.BuiltIn.Grant(RoleNames.WorkspaceAdmin, workspaceId: _workspace));
        using var ofWorkspace = _host.Admin.As(token);
        var reader = await MakeRoleAsync("Reader", "WORKSPACE", "workspace.config.get");
        var observer = await MakeRoleAsync("Observer", "SYSTEM", "system.monitoring.get");

        var given = await BindAsync("create", reader, $"userId: \"{user}\", workspaceUuid: \"{_workspace}\"", ofWorkspace);
        Assert.Equal("""{"data":{"createCustomRoleBinding":{"role":null,"customRole":{"name":"Reader"}}}}""", given.Body);
        await BindAsync("delete", reader, $"userId: \"{user}\", workspaceUuid: \"{_workspace}\"", ofWorkspace);

        const string Denied = "You do not have the appropriate permissions for that";
        await BindRefusesAsync(reader, $"userId: \"{user}\", workspaceUuid: \"{_elsewhere}\"", Denied, "FORBIDDEN", ofWorkspace);
        await BindRefusesAsync(observer, $"userId: \"{user}\"", Denied, "FORBIDDEN", ofWorkspace);
    }

    [Fact]
    public async Task Nobody_makes_widens_or_gives_a_role_beyond_what_they_hold()
    {
        // Makes, changes and gives roles, and holds nothing else.
        var clerkRole = await MakeRoleAsync("Clerk", "SYSTEM", "system.customRoles.*", "system.iam.update", "system.monitoring.get");
        var (clerkId, token) = await MakeUserAsync();
        await BindAsync("create", clerkRole, $"userId: \"{clerkId}\"");
        using var clerk = _host.Admin.As(token);
        var (user, _) = await MakeUserAsync();
        var strong = await MakeRoleAsync("Strong", "SYSTEM", "system.users.get");
        const string Denied = "You do not have the appropriate permissions for that";

        async Task RefusedAsync(string field, string arguments) => AnswerAssert.Refuses(
            field, Denied, "FORBIDDEN", await clerk.SendAsync($"mutation {{ {field}({arguments}) {{ id }} }}", cancellationToken: Cancelled));

        await RefusedAsync("createCustomRole", "name: \"Mine\", scope: SYSTEM, permissions: [\"system.users.get\"]");
        await RefusedAsync("createCustomRole", "name: \"Mine\", scope: WORKSPACE, permissions: [\"workspace.*\"]");
        await RefusedAsync("updateCustomRole", $"id: \"{clerkRole}\", permissions: [\"system.*\"]");
        await RefusedAsync("updateCustomRole", $"id: \"{strong}\", name: \"Stronger\"");
        await RefusedAsync("updateCustomRole", $"id: \"{strong}\", permissions: [\"system.monitoring.get\"]");
        await RefusedAsync("deleteCustomRole", $"id: \"{strong}\"");
        await BindRefusesAsync(strong, $"userId: \"{user}\"", Denied, "FORBIDDEN", clerk);
        await BindRefusesAsync(clerkRole, $"userId: \"{clerkId}\"", "You cannot change your own system role.", "OWN_ROLE", clerk);
        Assert.Contains(
            "\"data\":{\"createCustomRole\"",
            (await clerk.SendAsync("mutation { createCustomRole(name: \"Mine\", scope: SYSTEM, permissions: [\"system.monitoring.get\"]) { id } }", cancellationToken: Cancelled)).Body,
            StringComparison.Ordinal);
    }

    private Task<GraphQLAnswer> AskAsync(string document) => _host.Admin.SendAsync(document, cancellationToken: Cancelled);

    private async Task RefusesAsync(string field, string document, string message, string code)
        => AnswerAssert.Refuses(field, message, code, await AskAsync(document));

    private async Task BindRefusesAsync(string role, string arguments, string message, string code, GraphQLClient? client = null)
        => AnswerAssert.Refuses("createCustomRoleBinding", message, code, await BindAsync("create", role, arguments, client));

    private Task<GraphQLAnswer> BindAsync(string verb, string role, string arguments, GraphQLClient? client = null)
        => (client ?? _host.Admin).SendAsync(
            $"mutation {{ {verb}CustomRoleBinding(customRoleId: \"{role}\", {arguments}) {{ role customRole {{ name }} }} }}", cancellationToken: Cancelled);

    private async Task<string> MakeRoleAsync(string name, string scope, params string[] permissions)
        => (await AskAsync($"mutation {{ createCustomRole(name: \"{name}\", scope: {scope}, permissions: [{string.Join(", ", permissions.Select(p => $"\"{p}\""))}]) {{ id }} }}"))
            .Text("createCustomRole.id");

    /// <summary>What the caller holds on the platform beyond what everybody holds.</summary>
    private static async Task<string> ExtraAsync(GraphQLClient client)
        => string.Join(' ', (await client.SendAsync("{ self { permissions } }", cancellationToken: Cancelled)).Data("self.permissions")
            .EnumerateObject().Select(p => p.Name).Except(RoleTable.BuiltIn.Effective([]).Names));

    private static async Task<string> UntilAsync(GraphQLClient client, string wanted)
    {
        var held = await ExtraAsync(client);

        for (var i = 0; i < 2_000 && held != wanted; i++)
        {
            await Task.Yield();
            held = await ExtraAsync(client);
        }

        return held;
    }

    private async Task<(string Id, string Token)> MakeUserAsync(ApiHost? host = null, params RoleGrant[] grants)
    {
        var clock = (host ?? _host.Host).Services.GetRequiredService<TimeProvider>();
        var user = new User { Id = Guid.NewGuid(), Username = $"{Guid.NewGuid():N}", Status = UserStatus.Active, CreatedAt = clock.GetUtcNow() };
        var (token, row) = (host ?? _host.Host).Services.GetRequiredService<TokenIssuer>().IssueForUser(user.Id);
        await using var db = database.CreateContext();
        db.AddRange(user, row);
        db.Add(new Email { Id = user.Id, Address = $"{user.Username}@example.com", Primary = true, Verified = true, UserId = user.Id, CreatedAt = user.CreatedAt });
        db.AddRange(grants.Select(g => new RoleBinding
        {
            Id = Guid.NewGuid(),
            Role = g.Role.Name,
            UserId = user.Id,
            WorkspaceId = g.WorkspaceId,
            CreatedAt = clock.GetUtcNow(),
        }));
        await db.SaveChangesAsync(Cancelled);
        return (user.Id.ToString(), token.Text);
    }
}
