using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Tenancy.Workspaces;

/// <summary>What tests of workspaces do first, and what they look at in the end.</summary>
internal static class WorkspaceApi
{
    /// <summary>One person invites another to a workspace, who accepts.</summary>
    public static async Task JoinAsync(this Person person, Person by, Guid workspaceId, string role = RoleNames.WorkspaceViewer)
    {
        var invited = await by.AskAsync(
            """
            mutation($id: Uuid!, $email: String!, $role: Role!) {
              workspaceAddUser(workspaceUuid: $id, email: $email, role: $role) { invites { email token } }
            }
            """,
            new { id = workspaceId, email = person.Email, role });
        var invite = invited.Data("workspaceAddUser.invites").EnumerateArray().Single(i => i.GetProperty("email").GetString() == person.Email);
        var token = invite.GetProperty("token").GetString();
        Assert.Null((await person.AskAsync("mutation($token: String!) { acceptInvite(inviteToken: $token) { id } }", new { token })).Code);
    }

    /// <summary>What the audit trail says of a workspace or of roles in it, in the order of the alphabet.</summary>
    public static Task<List<string>> AuditAsync(this Installation api, Guid workspaceId) => api.Database.QueryAsync<string>(
        $"""
         select concat_ws(' ', action, operation, "entityName", coalesce(before::text, '-'), coalesce(after::text, '-'))
         from {HoustonNames.AuditLog}
         where ("entityId" = '{workspaceId}' or before::text like '%{workspaceId}%' or after::text like '%{workspaceId}%')
           and outcome = 'SUCCESS'
         order by 1
         """,
        TestContext.Current.CancellationToken);
}
