using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Api.Tenancy.Workspaces;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>Gives and takes the roles of users and teams on deployments that live.</summary>
public sealed class DeploymentRoles(IDbContextFactory<ControlPlaneDbContext> contexts, RoleBinder binder)
{
    /// <summary>Gives a role beside those that are held already.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    /// <inheritdoc cref="RoleBinder.GiveAsync" path="/exception"/>
    public async Task<RoleBinding> GiveAsync(
        Uuid deployment, RoleHolder holder, Role role, string operation, Caller caller, CancellationToken cancellationToken)
        => await binder.GiveAsync(
            holder, new RoleGrant(role, DeploymentId: await FindAsync(deployment, cancellationToken)), operation, caller, cancellationToken);

    /// <summary>Gives a role in place of those of the table that are held.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    /// <inheritdoc cref="RoleBinder.SetAsync" path="/exception"/>
    public async Task<RoleBinding> SetAsync(
        Uuid deployment, RoleHolder holder, Role role, string operation, Caller caller, CancellationToken cancellationToken)
        => await binder.SetAsync(
            holder, new RoleGrant(role, DeploymentId: await FindAsync(deployment, cancellationToken)), operation, caller, cancellationToken);

    /// <summary>Takes all roles that are held on the deployment, custom ones too, and answers with the oldest.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    /// <exception cref="RoleBindingNotFoundException">None is held.</exception>
    /// <exception cref="LastAdminException">Nobody else is its admin.</exception>
    public async Task<RoleBinding> TakeAsync(
        Uuid deployment, RoleHolder holder, string operation, Caller caller, CancellationToken cancellationToken)
    {
        var id = await FindAsync(deployment, cancellationToken);
        var taken = await binder.TakeAllOnDeploymentAsync(holder, id, operation, caller, cancellationToken);
        return taken.MinBy(b => b.CreatedAt) ?? throw new RoleBindingNotFoundException();
    }

    /// <summary>
    /// The user whom the id and the address name; one of the two may be absent. By address alone only those are found who are on the deployment or in its
    /// workspace, so that nobody learns which addresses are known; callers who see all users find all.
    /// </summary>
    /// <exception cref="UserNotFoundException">There is none, or the address is not theirs.</exception>
    public async Task<RoleHolder> FindUserAsync(Uuid? userId, string email, Uuid deployment, Caller caller, CancellationToken cancellationToken)
    {
        var conditions = new UserConditions(new UserSearch { UserId = userId, Email = email });

        if (conditions.IsEmpty)
        {
            throw new UserNotFoundException();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = await conditions.Of(db).Select(u => (Guid?)u.Id).SingleOrDefaultAsync(cancellationToken) ?? throw new UserNotFoundException();

        if (userId is null or { IsAbsent: true } && !caller.MayAddAtOnce())
        {
            var workspace = await db.Deployments.Where(d => d.Id == deployment.Id).Select(d => (Guid?)d.WorkspaceId).SingleOrDefaultAsync(cancellationToken);

            if (workspace is null || !await db.IsMemberAsync(id, workspace.Value, cancellationToken))
            {
                throw new UserNotFoundException();
            }
        }

        return RoleHolder.User(id);
    }

    private async Task<Guid> FindAsync(Uuid deployment, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return deployment.Id is { } id && await db.Deployments.AnyAsync(d => d.Id == id && d.DeletedAt == null, cancellationToken)
            ? id
            : throw new DeploymentNotFoundException();
    }
}
