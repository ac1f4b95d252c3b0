using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>The roles of a user or team that is added to a workspace.</summary>
public sealed record NewMember(Guid WorkspaceId, Role Role, IReadOnlyList<RoleGrant> DeploymentRoles)
{
    private IReadOnlyList<RoleGrant> Grants => [new RoleGrant(Role, WorkspaceId), .. DeploymentRoles];

    public static NewMember Of(Guid workspaceId, Role role, IReadOnlyList<DeploymentRole>? deploymentRoles, RoleTable roles)
    {
        var grants =
            from wanted in deploymentRoles ?? []
            let deployment = wanted.DeploymentId ?? default
            select new RoleGrant(wanted.Role ?? roles[RoleNames.DeploymentViewer], DeploymentId: deployment.IdOrEmpty);
        return new(workspaceId, role, [.. grants.Distinct()]);
    }

    /// <exception cref="RoleInvalidException">A role cannot be bound to the workspace or the deployment.</exception>
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
    /// <param name="alternative">The field of the API that changes the role of a member; the error names it.</param>
    /// <exception cref="WorkspaceMemberExistsException">The holder is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is deleted, or not in this workspace.</exception>
    internal async Task AddAsync(
        RoleChange change, RoleHolder holder, string alternative, DateTimeOffset now, CancellationToken cancellationToken)
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

/// <summary>A role on one deployment.</summary>
[GraphQLName("DeploymentRoles")]
public sealed record DeploymentRole
{
    /// <summary>The deployment's id.</summary>
    [GraphQLType("Id")]
    public Uuid? DeploymentId { get; init; }

    /// <summary>A deployment role; DEPLOYMENT_VIEWER unless given.</summary>
    public Role? Role { get; init; }
}
