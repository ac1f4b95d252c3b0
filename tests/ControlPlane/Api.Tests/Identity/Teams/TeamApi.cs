using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Identity.Teams;

/// <summary>Somebody who uses the platform.</summary>
/// <param name="Id">The user's id.</param>
/// <param name="Client">The endpoint, asked by them.</param>
internal sealed record Person(Guid Id, GraphQLClient Client);

/// <summary>What tests of teams do first, through the API where it can.</summary>
internal static class TeamApi
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Every test can run alone, and after any other. The users stay, but for their teams.</summary>
    public static async Task ForgetTeamsAsync(this ClusterApi api)
    {
        await api.ExecuteAsync($"delete from {HoustonNames.Team}", CancellationToken.None);
        await api.ForgetClustersAsync();
    }

    /// <summary>A new user with these roles, and with the address <c>name@example.com</c>, where <c>name</c> is made unique.</summary>
    public static async Task<Person> AddPersonAsync(this ClusterApi api, string name, params RoleGrant[] grants)
    {
        var username = $"{name}-{Guid.NewGuid():N}";
        var client = await api.SignInAsync(username, grants);
        var self = await client.SendAsync("{ self { user { id } } }", cancellationToken: Cancellation);
        var id = Guid.Parse(self.Text("self.user.id"));
        await api.ExecuteAsync(
            $"""
             insert into {HoustonNames.Email} (id, address, "primary", verified, "userId", "createdAt", "updatedAt")
             values (gen_random_uuid(), '{username}@example.com', true, true, '{id}', '2026-01-01T12:00:00Z', '2026-01-01T12:00:00Z')
             """,
            Cancellation);
        return new Person(id, client);
    }

    /// <summary>A new local team with these members.</summary>
    public static async Task<Guid> AddTeamAsync(this ClusterApi api, string name, params Guid[] users)
    {
        var made = await api.Admin.SendAsync(
            "mutation($name: String!, $users: [ID]) { createTeam(name: $name, userIds: $users) { team { id } } }", new { name, users }, Cancellation);
        return Guid.Parse(made.Text("createTeam.team.id"));
    }

    /// <summary>Gives a team a role by hand, so that no rule is asked.</summary>
    public static Task BindAsync(this ClusterApi api, Guid team, RoleGrant grant)
        => api.ExecuteAsync(
            $"""
             insert into {HoustonNames.RoleBinding} (id, role, "teamId", "workspaceId", "deploymentId", "createdAt")
             values (gen_random_uuid(), '{grant.Role.Name}', '{team}', {Text(grant.WorkspaceId)}, {Text(grant.DeploymentId)}, now())
             """,
            Cancellation);

    /// <summary>A deployment in a new workspace.</summary>
    public static async Task<(Guid Workspace, Guid Deployment)> DeployAsync(this ClusterApi api, string name)
    {
        await api.AddAsync(StoredClusters.Make(1));
        var workspace = await api.AddWorkspaceAsync(name);
        return (workspace, await api.AddDeploymentAsync(name, StoredClusters.Id(1), workspace));
    }

    /// <summary>Changes a team with these arguments, and answers with the code of the refusal; null where it is done.</summary>
    public static async Task<string?> UpdateTeamAsync(this GraphQLClient client, Guid team, string arguments)
    {
        var answer = await client.SendAsync($"mutation {{ updateTeam(id: \"{team}\", {arguments}) {{ team {{ id }} }} }}", cancellationToken: Cancellation);
        return answer.Code();
    }

    /// <summary>The code of the answer's first error; null for none.</summary>
    public static string? Code(this GraphQLAnswer answer)
    {
        using var body = System.Text.Json.JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty("errors", out var errors) ? errors[0].GetProperty("extensions").GetProperty("code").GetString() : null;
    }

    private static string Text(Guid? id) => id is null ? "null" : $"'{id}'";
}
