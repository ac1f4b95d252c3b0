using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
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
        var id = await FindAsync(db, deploymentId, cancellationToken);
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
        var id = await FindAsync(db, deploymentId, cancellationToken);
        return await db.Teams.AsNoTracking()
            .Where(t => db.RoleBindings.Any(b => b.DeploymentId == id && b.TeamId == t.Id))
            .OrderBy(t => t.SortId)
            .Take(MaxResults)
            .Select(t => TeamRow.Of(t))
            .ToListAsync(cancellationToken);
    }

    private static async Task<Guid> FindAsync(ControlPlaneDbContext db, Guid? deploymentId, CancellationToken cancellationToken)
        => deploymentId is { } id && await db.Deployments.AnyAsync(d => d.Id == id && d.DeletedAt == null, cancellationToken)
            ? id
            : throw new DeploymentNotFoundException();
}
