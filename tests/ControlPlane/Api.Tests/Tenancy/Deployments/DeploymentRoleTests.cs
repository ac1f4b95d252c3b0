using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Api.Tests.Identity.Teams;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Deployments;

/// <summary>Who gives and takes which roles on a deployment.</summary>
public sealed class DeploymentRoleTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Unknown = "01980000-0000-7000-8000-0000000000ff";

    private Guid _workspace;
    private Guid _deployment;
    private Person _ada = null!;
    private Person _grace = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetTeamsAsync();
        (_workspace, _deployment) = await api.DeployAsync("stellar-orbit-1234");
        _ada = await api.AddPersonAsync("ada", RoleTable.BuiltIn.Grant(RoleNames.DeploymentAdmin, deploymentId: _deployment));
        _grace = await api.AddPersonAsync("grace");
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_role_counts_on_its_deployment_from_the_next_request_on()
    {
        var other = await api.AddDeploymentAsync("other", StoredClusters.Id(1), _workspace);
        Assert.Equal("FORBIDDEN", await ListAsync(_grace, _deployment));

        Assert.Null(await UserAsync(_ada, "deploymentAddUserRole", _grace, "DEPLOYMENT_VIEWER"));
        Assert.Null(await ListAsync(_grace, _deployment));
        Assert.Equal("FORBIDDEN", await ListAsync(_grace, other));
        Assert.Equal("FORBIDDEN", await UserAsync(_grace, "deploymentAddUserRole", _grace, "DEPLOYMENT_ADMIN"));

        Assert.Null(await UserAsync(_ada, "deploymentRemoveUserRole", _grace));
        Assert.Equal("FORBIDDEN", await ListAsync(_grace, _deployment));
    }

    [Fact]
    public async Task A_role_of_a_team_counts_for_its_members()
    {
        var team = await api.AddTeamAsync("crew", _grace.Id);

        Assert.Null(await TeamAsync(_ada, "deploymentAddTeamRole", $"{team}", "DEPLOYMENT_ADMIN"));
        Assert.Null(await UserAsync(_grace, "deploymentUpdateUserRole", _ada, "DEPLOYMENT_VIEWER"));
        Assert.Equal("FORBIDDEN", await UserAsync(_ada, "deploymentUpdateUserRole", _ada, "DEPLOYMENT_ADMIN"));
        Assert.Equal("LAST_ADMIN", await TeamAsync(_grace, "deploymentUpdateTeamRole", $"{team}", "DEPLOYMENT_EDITOR"));
        Assert.Equal("LAST_ADMIN", await TeamAsync(_grace, "deploymentRemoveTeamRole", $"{team}"));
        Assert.Null(await UserAsync(_grace, "deploymentUpdateUserRole", _ada, "DEPLOYMENT_ADMIN"));
        Assert.Null(await TeamAsync(_grace, "deploymentRemoveTeamRole", $"{team}"));
        Assert.Equal("FORBIDDEN", await ListAsync(_grace, _deployment));
    }

    [Fact]
    public async Task An_admin_stays()
    {
        Assert.Equal("LAST_ADMIN", await UserAsync(_ada, "deploymentRemoveUserRole", _ada));
        Assert.Equal("LAST_ADMIN", await UserAsync(_ada, "deploymentUpdateUserRole", _ada, "DEPLOYMENT_EDITOR"));
        Assert.Null(await UserAsync(_ada, "deploymentUpdateUserRole", _ada, "DEPLOYMENT_ADMIN"));
    }

    [Fact]
    public async Task Nobody_gives_what_they_do_not_hold()
    {
        var keeper = await api.AddPersonAsync("keeper");
        await api.ExecuteAsync(
            $$"""
              with role as (
                  insert into {{HoustonNames.CustomRole}} (id, name, scope, permissions, "createdAt", "updatedAt")
                  values (gen_random_uuid(), '{{keeper.Id}}', 'DEPLOYMENT', '{deployment.userRoles.update,deployment.teamRoles.update}', now(), now()) returning id)
              insert into {{HoustonNames.RoleBinding}} (id, "customRoleId", "userId", "deploymentId", "createdAt")
              select gen_random_uuid(), id, '{{keeper.Id}}', '{{_deployment}}', now() from role
              """,
            Cancellation);
        var team = await api.AddTeamAsync("crew");

        Assert.Equal("FORBIDDEN", await UserAsync(keeper, "deploymentAddUserRole", keeper, "DEPLOYMENT_VIEWER"));
        Assert.Equal("FORBIDDEN", await UserAsync(keeper, "deploymentUpdateUserRole", _grace, "DEPLOYMENT_VIEWER"));
        Assert.Equal("FORBIDDEN", await TeamAsync(keeper, "deploymentAddTeamRole", $"{team}", "DEPLOYMENT_VIEWER"));
        Assert.Equal("ROLE_BINDING_NOT_FOUND", await UserAsync(keeper, "deploymentRemoveUserRole", _grace));
    }

    [Theory]
    [InlineData("deploymentAddUserRole(email: \"\", deploymentId: \"{deployment}\", role: DEPLOYMENT_VIEWER)", "USER_NOT_FOUND", "User not found")]
    [InlineData("deploymentAddUserRole(userId: \"{ada}\", email: \"other@example.com\", deploymentId: \"{deployment}\", role: DEPLOYMENT_VIEWER)", "USER_NOT_FOUND", "User not found")]
    [InlineData("deploymentAddUserRole(userId: \"{ada}\", email: \"\", deploymentId: \"{unknown}\", role: DEPLOYMENT_VIEWER)", "DEPLOYMENT_NOT_FOUND", "Deployment not found")]
    [InlineData("deploymentAddUserRole(userId: \"{ada}\", email: \"\", deploymentId: \"x\", role: DEPLOYMENT_VIEWER)", "DEPLOYMENT_NOT_FOUND", "Deployment not found")]
    [InlineData("deploymentAddUserRole(userId: \"{ada}\", email: \"\", deploymentId: \"{deployment}\", role: SYSTEM_VIEWER)", "INVALID_ROLE", "SYSTEM_VIEWER cannot be given here: the role has to be one of DEPLOYMENT_ADMIN, DEPLOYMENT_EDITOR, DEPLOYMENT_VIEWER.")]
    [InlineData("deploymentRemoveUserRole(userId: \"{ada}\", email: \"\", deploymentId: \"{unknown}\")", "DEPLOYMENT_NOT_FOUND", "Deployment not found")]
    [InlineData("deploymentAddTeamRole(teamUuid: \"x\", deploymentUuid: \"{deployment}\", role: DEPLOYMENT_VIEWER)", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("deploymentUpdateTeamRole(teamUuid: \"{unknown}\", deploymentUuid: \"{deployment}\", role: DEPLOYMENT_VIEWER)", "TEAM_NOT_FOUND", "Team not found")]
    [InlineData("deploymentRemoveTeamRole(teamUuid: \"{unknown}\", deploymentUuid: \"{deployment}\")", "ROLE_BINDING_NOT_FOUND", "Role binding not found")]
    public async Task What_cannot_be_done_is_said(string field, string code, string message)
    {
        var text = field.Replace("{ada}", $"{_ada.Id}", StringComparison.Ordinal)
            .Replace("{deployment}", $"{_deployment}", StringComparison.Ordinal)
            .Replace("{unknown}", Unknown, StringComparison.Ordinal);

        AnswerAssert.Refuses(
            field[..field.IndexOf('(', StringComparison.Ordinal)], message, code, await api.Admin.SendAsync($"mutation {{ {text} {{ id }} }}", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task A_deployment_that_was_deleted_is_none()
    {
        await api.ExecuteAsync($"update {HoustonNames.Deployment} set \"deletedAt\" = now()", Cancellation);

        Assert.Equal("DEPLOYMENT_NOT_FOUND", await ListAsync(_ada, _deployment));
        Assert.Equal("DEPLOYMENT_NOT_FOUND", await UserAsync(_ada, "deploymentAddUserRole", _grace, "DEPLOYMENT_VIEWER"));
        AnswerAssert.Is(
            """{"data":{"self":{"user":{"roleBindings":[{"role":"DEPLOYMENT_ADMIN","deployment":null}]} } } }""",
            await _ada.Client.SendAsync("{ self { user { roleBindings { role deployment { id } } } } }", cancellationToken: Cancellation));
    }

    [Fact]
    public async Task Roles_of_users_and_teams_are_listed_apart()
    {
        var team = await api.AddTeamAsync("crew", _grace.Id);
        await TeamAsync(_ada, "deploymentAddTeamRole", $"{team}", "DEPLOYMENT_VIEWER");

        AnswerAssert.Is(
            $$"""{"data":{"deploymentUsers":[{"id":"{{_ada.Id}}"}],"deploymentTeams":[{"name":"crew","users":[{"id":"{{_grace.Id}}"}],"roleBindings":[{"role":"DEPLOYMENT_VIEWER"}]}]} }""",
            await _ada.Client.SendAsync(
                "query($id: Id!, $uuid: Uuid!) { deploymentUsers(deploymentId: $id) { id } deploymentTeams(deploymentUuid: $uuid) { name users { id } roleBindings { role } } }",
                new { id = _deployment, uuid = _deployment },
                Cancellation));
    }

    private static async Task<string?> ListAsync(Person person, Guid deployment)
        => (await person.Client.SendAsync($"{{ deploymentUsers(deploymentId: \"{deployment}\") {{ id }} }}", cancellationToken: Cancellation)).Code;

    private async Task<string?> UserAsync(Person by, string field, Person user, string? role = null)
        => (await by.Client.SendAsync(
            $"mutation {{ {field}(userId: \"{user.Id}\", email: \"\", deploymentId: \"{_deployment}\"{(role is null ? "" : $", role: {role}")}) {{ id }} }}",
            cancellationToken: Cancellation)).Code;

    private async Task<string?> TeamAsync(Person by, string field, string team, string? role = null)
        => (await by.Client.SendAsync(
            $"mutation {{ {field}(teamUuid: \"{team}\", deploymentUuid: \"{_deployment}\"{(role is null ? "" : $", role: {role}")}) {{ id }} }}",
            cancellationToken: Cancellation)).Code;
}
