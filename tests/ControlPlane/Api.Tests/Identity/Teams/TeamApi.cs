using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>What tests of teams do first, through the API where it can.</summary>
internal static class TeamApi
{
    // Answered to those who hold a role of the platform.
    private const string Question = "{ clusterSyncRuns { id } }";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every test can run alone, and after any other. The users stay, but for their teams.</summary>
    public static async Task ForgetTeamsAsync(this Installation api)
    {
        await api.ExecuteAsync($"delete from {HoustonNames.Team}", CancellationToken.None);
        await api.ForgetClustersAsync();
    }

    /// <summary>A new local team with these members.</summary>
    public static async Task<Guid> AddTeamAsync(this Installation api, string name, params Guid[] users)
    {
        var made = await api.Admin.SendAsync(
            "mutation($name: String!, $users: [ID]) { createTeam(name: $name, userIds: $users) { team { id } } }",
            new { name, users },
            Cancellation);
        return Guid.Parse(made.Text("createTeam.team.id"));
    }

    /// <summary>Gives a team a role by hand, so that no rule is asked.</summary>
    public static Task BindAsync(this Installation api, Guid team, RoleGrant grant)
        => api.ExecuteAsync(
            $"""
             insert into {HoustonNames.RoleBinding} (id, role, "teamId", "workspaceId", "deploymentId", "createdAt")
             values (gen_random_uuid(), '{grant.Role.Name}', '{team}', {Text(grant.WorkspaceId)}, {Text(grant.DeploymentId)}, now())
             """,
            Cancellation);

    /// <summary>A deployment in a new workspace.</summary>
    public static async Task<(Guid Workspace, Guid Deployment)> DeployAsync(this Installation api, string name)
    {
        await api.AddClustersAsync(StoredClusters.Make(1));
        var workspace = await api.AddWorkspaceAsync(name);
        return (workspace, await api.AddDeploymentAsync(name, StoredClusters.Id(1), workspace));
    }

    /// <summary>Changes a team with these arguments, and answers with the code of the refusal; null where it is done.</summary>
    public static async Task<string?> UpdateTeamAsync(this GraphQLClient client, Guid team, string arguments)
    {
        var answer = await client.AskAsync($"mutation {{ updateTeam(id: \"{team}\", {arguments}) {{ team {{ id }} }} }}");
        return answer.Code;
    }

    /// <summary>One person puts another into a team; the code of the refusal, or null.</summary>
    public static Task<string?> JoinAsync(this Person by, Guid team, Person who)
        => by.Client.UpdateTeamAsync(team, $"addUserIds: [\"{who.Id}\"]");

    /// <summary>One person takes another out of a team; the code of the refusal, or null.</summary>
    public static Task<string?> LeaveAsync(this Person by, Guid team, Person who)
        => by.Client.UpdateTeamAsync(team, $"removeUserIds: [\"{who.Id}\"]");

    /// <summary>Gives a team a role of the platform; the code of the refusal, or null.</summary>
    public static Task<string?> BindAsync(this Person by, Guid team, string role) => by.Client.BindAsync(team, role);

    /// <inheritdoc cref="BindAsync(Person, Guid, string)"/>
    public static Task<string?> BindAsync(this GraphQLClient by, Guid team, string role)
        => by.CodeAsync($"mutation {{ createTeamSystemRoleBinding(teamUuid: \"{team}\", role: {role}) {{ role }} }}");

    /// <summary>Takes a role of the platform from a team; the code of the refusal, or null.</summary>
    public static Task<string?> UnbindAsync(this Person by, Guid team, string role) => by.Client.UnbindAsync(team, role);

    /// <inheritdoc cref="UnbindAsync(Person, Guid, string)"/>
    public static Task<string?> UnbindAsync(this GraphQLClient by, Guid team, string role)
        => by.CodeAsync($"mutation {{ deleteTeamSystemRoleBinding(teamUuid: \"{team}\", role: {role}) {{ role }} }}");

    /// <summary>The code of the answer's first error; null without one.</summary>
    public static async Task<string?> CodeAsync(this GraphQLClient client, string query = Question) => (await client.AskAsync(query)).Code;

    /// <summary>Asks until the code of the answer is this one; the time limit of the test run ends it if that never comes.</summary>
    public static async Task AskUntilAsync(this GraphQLClient client, string? code, string query = Question)
    {
        while (await client.CodeAsync(query) != code)
        {
            Cancellation.ThrowIfCancellationRequested();
        }
    }

    private static string Text(Guid? id) => id is null ? "null" : $"'{id}'";
}
