using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[MutationType]
public static class WorkspaceMutations
{
    /// <summary>Makes a workspace. The caller, user or service account, becomes its WORKSPACE_ADMIN and keeps all other roles.</summary>
    /// <param name="label">Its name: one line, 1 to 255 characters; unique, whatever its case. Blanks at its ends are removed.</param>
    /// <param name="description">What it is for: up to 4,096 characters, in one or more lines.</param>
    [Audited("workspace.create")]
    [RequiresPermission(Permissions.WorkspaceCreate)]
    [SpendsQuota("workspaces")]
    public static async Task<WorkspaceRow?> CreateWorkspaceAsync(
        string label,
        string? description,
        Caller caller,
        ResolverContext context,
        CreateWorkspace createWorkspace,
        CancellationToken cancellationToken)
    {
        var workspace = await createWorkspace.RunAsync(label, description, caller, cancellationToken);

        // The selected fields need the role of admin, which the caller has got just now.
        await context.Request.ReauthenticateAsync();
        return WorkspaceRow.Of(workspace);
    }

    /// <summary>Changes a workspace.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    /// <param name="payload">
    /// An object with the new `label`, the new `description` or both; a description of null clears it. Other members are refused.
    /// </param>
    [Audited("workspace.update")]
    [RequiresPermission(Permissions.InWorkspace.ConfigUpdate, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.WorkspaceUpdate)]
    public static async Task<WorkspaceRow?> UpdateWorkspaceAsync(
        Uuid workspaceUuid, JsonElement payload, Caller caller, UpdateWorkspace updateWorkspace, CancellationToken cancellationToken)
        => WorkspaceRow.Of(await updateWorkspace.RunAsync(workspaceUuid.Id, WorkspaceChange.Of(payload), caller, cancellationToken));

    /// <summary>
    /// Deletes a workspace with its roles, invitations and service accounts, and answers with its last state. Refused while deployments
    /// belong to it, also deleted ones that can be restored, and while a cluster is reserved for it alone.
    /// </summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("workspace.delete")]
    [RequiresPermission(Permissions.InWorkspace.ConfigDelete, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.WorkspaceDelete)]
    public static async Task<WorkspaceRow?> DeleteWorkspaceAsync(
        Uuid workspaceUuid, Caller caller, DeleteWorkspace deleteWorkspace, CancellationToken cancellationToken)
        => WorkspaceRow.Of(await deleteWorkspace.RunAsync(workspaceUuid.Id, caller, cancellationToken));
}
