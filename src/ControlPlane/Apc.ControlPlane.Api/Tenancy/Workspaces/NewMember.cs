using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>The roles that somebody gets who is added to a workspace.</summary>
/// <param name="WorkspaceId">The workspace.</param>
/// <param name="Role">The role in it.</param>
/// <param name="DeploymentRoles">Roles on deployments of it.</param>
public sealed record NewMember(Guid WorkspaceId, Role Role, IReadOnlyList<RoleGrant> DeploymentRoles)
{
    /// <summary>All of them.</summary>
    public IReadOnlyList<RoleGrant> Grants => [new RoleGrant(Role, WorkspaceId), .. DeploymentRoles];

    /// <summary>What a caller asks for.</summary>
    public static NewMember Of(Guid workspaceId, Role role, IReadOnlyList<DeploymentRole>? deploymentRoles, RoleTable roles) => new(
        workspaceId,
        role,
        [
            // A text that is no id of ours names no deployment; the empty id stands for that.
            .. (deploymentRoles ?? []).Select(d => new RoleGrant(
                d.Role ?? roles[RoleNames.DeploymentViewer], DeploymentId: d.DeploymentId?.Id ?? Guid.Empty)).Distinct(),
        ]);
}
