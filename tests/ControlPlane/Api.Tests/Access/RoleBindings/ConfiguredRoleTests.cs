using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.RoleBindings;

/// <summary>Roles that the configuration makes and changes, as callers see them.</summary>
public sealed class ConfiguredRoleTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_role_of_the_configuration_is_given_like_any_other_and_gives_nothing_once_it_is_gone()
    {
        var user = "";

        await using (var host = await ApiHost.StartAsync(
            database,
            clock: null,
            "Houston:PublicSignups=true", "Houston:EmailConfirmation=false",
            "Houston:Roles:GUARD:Scope=System",
            "Houston:Roles:GUARD:Description=Watches the dashboards.",
            "Houston:Roles:GUARD:Permissions:system.monitoring.get=true",
            "Houston:Roles:USER:Permissions:system.workspace.create=false"))
        {
            using var admin = await host.SignInAsAdminAsync(Cancelled);
            using var eve = await SignUpAsync(host);
            user = (await eve.SendAsync("{ self { user { id } } }", cancellationToken: Cancelled)).Text("self.user.id");

            Assert.Equal(("GUARD", "Watches the dashboards."), await LastRoleAsync(admin));
            AnswerAssert.Is(
                """{"data":{"createSystemRoleBinding":{"role":"GUARD"} } }""",
                await admin.SendAsync("mutation($id: ID!) { createSystemRoleBinding(userId: $id, role: GUARD) { role } }", new { id = user }, Cancelled));
            AnswerAssert.Is(
                """{"data":{"self":{"permissions":{"system.getAirflowReleaseById":true,"system.getDeploymentById":true,"system.getEmailById":true,"system.monitoring.get":true} } } }""",
                await eve.SendAsync("{ self { permissions } }", cancellationToken: Cancelled));
            AnswerAssert.Refuses(
                "createSystemRoleBinding",
                "CLUSTER_ADMIN cannot be given here: the role has to be one of GUARD, SYSTEM_ADMIN, SYSTEM_EDITOR, SYSTEM_VIEWER.",
                "INVALID_ROLE",
                await admin.SendAsync("mutation($id: ID!) { createSystemRoleBinding(userId: $id, role: CLUSTER_ADMIN) { role } }", new { id = user }, Cancelled));
        }

        await using (var host = await ApiHost.StartAsync(database))
        {
            using var admin = await host.SignInAsAdminAsync(Cancelled);

            AnswerAssert.Is(
                """{"data":{"users":[{"roleBindings":[{"role":null}]}]} }""",
                await admin.SendAsync("query($user: UserSearch) { users(user: $user) { roleBindings { role } } }", new { user = new { userId = user } }, Cancelled));
            Assert.Equal(
                ["GUARD"], await database.QueryAsync<string>($"""select role from {HoustonNames.RoleBinding} where "userId" = '{user}'""", Cancelled));
        }
    }

    private static async Task<GraphQLClient> SignUpAsync(ApiHost host)
    {
        using var anonymous = host.Anonymous;
        var made = await anonymous.SendAsync(
            """mutation { createUser(email: "eve@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Cancelled);
        return anonymous.As(made.Text("createUser.token.value"));
    }

    private static async Task<(string? Name, string? Description)> LastRoleAsync(GraphQLClient client)
    {
        var role = (await client.SendAsync("""{ __type(name: "Role") { enumValues { name description } } }""", cancellationToken: Cancelled))
            .Data("__type.enumValues").EnumerateArray().Last();
        return (role.GetProperty("name").GetString(), role.GetProperty("description").GetString());
    }
}
