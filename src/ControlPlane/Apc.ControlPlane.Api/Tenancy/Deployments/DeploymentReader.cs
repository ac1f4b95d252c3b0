using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Api.Tenancy.Workspaces;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Deployments;

/// <summary>Reads who holds a role on a deployment.</summary>
public sealed class DeploymentReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most users, and most teams, of one answer; the oldest.</summary>
    public const int MaxResults = 1_000;

    /// <summary>The users who hold a role on the deployment by themselves and fit the search, oldest first.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    public async Task<IReadOnlyList<UserRow>> ListUsersAsync(Guid? deploymentId, UserSearch? search, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = await GetIdAsync(db, deploymentId, cancellationToken);
        var users = await new UserConditions(search).Of(db).AsNoTracking()
            .Where(u => db.RoleBindings.Any(b => b.DeploymentId == id && b.UserId == u.Id))
            .OrderBy(u => u.CreatedAt).ThenBy(u => u.Id)
            .Take(MaxResults)
            .ToListAsync(cancellationToken);
        return [.. users.Select(UserRow.Of)];
    }

    /// <summary>The teams that hold a role on the deployment, oldest first.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    public async Task<IReadOnlyList<TeamRow>> ListTeamsAsync(Guid? deploymentId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = await GetIdAsync(db, deploymentId, cancellationToken);
        return await db.Teams.AsNoTracking()
            .Where(t => db.RoleBindings.Any(b => b.DeploymentId == id && b.TeamId == t.Id))
            .OrderBy(t => t.SortId)
            .Take(MaxResults)
            .Select(t => TeamRow.Of(t))
            .ToListAsync(cancellationToken);
    }

    /// <summary>The id of a deployment that is not deleted.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    public async Task<Guid> GetIdAsync(Uuid deployment, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await GetIdAsync(db, deployment.Id, cancellationToken);
    }

    /// <summary>This role on a deployment that is not deleted.</summary>
    /// <exception cref="DeploymentNotFoundException">There is no such deployment.</exception>
    public async Task<RoleGrant> GetGrantAsync(Uuid deployment, Role role, CancellationToken cancellationToken)
        => new(role, DeploymentId: await GetIdAsync(deployment, cancellationToken));

    /// <summary>
    /// The user whom the id and the address name; one of the two may be absent. By address alone only users on the deployment or in its workspace are
    /// found, so that a caller does not learn which addresses are known, unless the caller may see all users.
    /// </summary>
    /// <exception cref="UserNotFoundException">There is no such user, or the address belongs to another.</exception>
    public async Task<RoleHolder> GetUserAsync(Uuid? userId, string email, Uuid deployment, Caller caller, CancellationToken cancellationToken)
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

    private static async Task<Guid> GetIdAsync(ControlPlaneDbContext db, Guid? deploymentId, CancellationToken cancellationToken)
        => deploymentId is { } id && await db.Deployments.AnyAsync(d => d.Id == id && d.DeletedAt == null, cancellationToken)
            ? id
            : throw new DeploymentNotFoundException();
}
