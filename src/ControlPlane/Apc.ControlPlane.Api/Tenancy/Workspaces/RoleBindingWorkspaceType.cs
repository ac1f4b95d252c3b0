using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[ObjectType<RoleBindingRow>]
public static class RoleBindingWorkspaceType
{
    /// <summary>The workspace in which the role is held; null for a role on something else or on the whole platform.</summary>
    public static async Task<WorkspaceRow?> GetWorkspaceAsync(
        [Parent] RoleBindingRow binding, WorkspaceByIdDataLoader workspaces, CancellationToken cancellationToken)
        => binding.WorkspaceId is { } id ? await workspaces.LoadAsync(id, cancellationToken) : null;
}
