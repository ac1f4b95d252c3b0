using Apc.ControlPlane.Api.Features.Clusters;
using Apc.ControlPlane.Api.Features.ServiceAccounts;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Features.Workspaces;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

[ObjectType<RoleBindingRow>]
public static class RoleBindingType
{
    /// <summary>The user who holds the role; null where a service account or a team does.</summary>
    public static async Task<UserRow?> GetUserAsync(
        [Parent] RoleBindingRow binding, UserByIdDataLoader users, CancellationToken cancellationToken)
        => binding.Holder.UserId is { } id ? await users.LoadAsync(id, cancellationToken) : null;

    /// <summary>The service account that holds the role; null where a user or a team does.</summary>
    public static async Task<ServiceAccountRow?> GetServiceAccountAsync(
        [Parent] RoleBindingRow binding, ServiceAccountByIdDataLoader accounts, CancellationToken cancellationToken)
        => binding.Holder.ServiceAccountId is { } id ? await accounts.LoadAsync(id, cancellationToken) : null;

    /// <summary>The cluster on which the role is held; null for a role on something else or on the whole platform.</summary>
    public static async Task<ClusterRow?> GetClusterAsync(
        [Parent] RoleBindingRow binding, Selection selection, ClusterReader clusters, CancellationToken cancellationToken)
        => binding.ClusterId is { } id ? await clusters.FindAsync(id, SelectedColumns.Of(selection), cancellationToken) : null;

    /// <summary>The workspace in which the role is held; null for a role on something else or on the whole platform.</summary>
    public static async Task<WorkspaceRow?> GetWorkspaceAsync(
        [Parent] RoleBindingRow binding, WorkspaceByIdDataLoader workspaces, CancellationToken cancellationToken)
        => binding.WorkspaceId is { } id ? await workspaces.LoadAsync(id, cancellationToken) : null;
}
