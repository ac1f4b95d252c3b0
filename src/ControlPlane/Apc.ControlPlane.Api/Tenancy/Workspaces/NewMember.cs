using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>The roles of a user or team that is added to a workspace.</summary>
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

    /// <exception cref="RoleInvalidException">A role does not fit what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give.</exception>
    public void ThrowUnlessGivenBy(Caller caller, RoleTable roles)
    {
        foreach (var grant in Grants)
        {
            RoleInvalidException.ThrowUnlessBindable(grant, roles);
            caller.RequireCovers(grant);
        }
    }

    /// <summary>Gives the holder all of the roles.</summary>
    /// <param name="change">Gives them.</param>
    /// <param name="holder">The user or team.</param>
    /// <param name="alternative">The field of the API that changes the role of a member; the error names it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="WorkspaceMemberExistsException">The holder is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is none of this workspace, or is deleted.</exception>
    internal async Task AddAsync(RoleChange change, RoleHolder holder, string alternative, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await change.HeldBy(holder).AnyAsync(b => b.WorkspaceId == WorkspaceId, cancellationToken))
        {
            throw new WorkspaceMemberExistsException(alternative);
        }

        await ThrowUnlessInWorkspaceAsync(change.Db, cancellationToken);

        foreach (var grant in Grants)
        {
            if (await change.FindAsync(holder, grant, cancellationToken) is null)
            {
                change.Give(holder, grant, now);
            }
        }
    }

    private async Task ThrowUnlessInWorkspaceAsync(ControlPlaneDbContext db, CancellationToken cancellationToken)
    {
        var wanted = DeploymentRoles.Select(g => g.DeploymentId!.Value).Distinct().ToArray();

        if (wanted.Length > 0
            && await db.Deployments.CountAsync(
                d => wanted.Contains(d.Id) && d.WorkspaceId == WorkspaceId && d.DeletedAt == null, cancellationToken) < wanted.Length)
        {
            throw new DeploymentNotFoundException();
        }
    }
}
