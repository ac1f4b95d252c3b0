using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Loads workspaces by id: one database query for all the ids of one level.</summary>
public sealed class WorkspaceByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, WorkspaceRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, WorkspaceRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Workspaces.AsNoTracking().Where(w => keys.Contains(w.Id)).ToDictionaryAsync(w => w.Id, WorkspaceRow.Of, cancellationToken);
    }
}

/// <summary>Loads the first users of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class WorkspaceUsersDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, IReadOnlyList<UserRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<UserRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from user in db.Users.Where(u => db.RoleBindings.Any(b => b.UserId == u.Id && b.WorkspaceId == workspace.Id))
                .OrderBy(u => u.Id).Take(WorkspaceType.MaxElements)
            select new { workspace.Id, User = user }).AsNoTracking().ToListAsync(cancellationToken);

        return found.GroupBy(f => f.Id)
            .ToDictionary(g => g.Key, IReadOnlyList<UserRow> (g) => [.. g.Select(f => UserRow.Of(f.User)).OrderBy(u => u.Id)]);
    }
}

/// <summary>Loads the first teams of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class WorkspaceTeamsDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, IReadOnlyList<TeamRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TeamRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from team in db.Teams.Where(t => db.RoleBindings.Any(b => b.TeamId == t.Id && b.WorkspaceId == workspace.Id))
                .OrderBy(t => t.SortId).Take(WorkspaceType.MaxElements)
            select new { workspace.Id, Team = team }).AsNoTracking().ToListAsync(cancellationToken);

        return found.GroupBy(f => f.Id)
            .ToDictionary(g => g.Key, IReadOnlyList<TeamRow> (g) => [.. g.Select(f => TeamRow.Of(f.Team)).OrderBy(t => t.SortId)]);
    }
}

/// <summary>Loads the newest service accounts of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class ServiceAccountsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<Guid, IReadOnlyList<ServiceAccountRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<ServiceAccountRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest =
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from account in db.ServiceAccounts.Where(s => s.WorkspaceId == workspace.Id).OrderByDescending(s => s.Id).Take(WorkspaceType.MaxElements)
            select account;
        var found = await newest.AsNoTracking().WithNewestKey(db).ToListAsync(cancellationToken);

        return found.GroupBy(f => f.Account.WorkspaceId!.Value).ToDictionary(
            g => g.Key,
            IReadOnlyList<ServiceAccountRow> (g) => [.. g.OrderByDescending(f => f.Account.Id).Select(f => ServiceAccountRow.Of(f.Account, f.PublicId))]);
    }
}

/// <summary>Loads the first roles that are held in workspaces: one database query for all the workspaces of one level.</summary>
public sealed class RoleBindingsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, RoleTable roles)
    : BatchDataLoader<Guid, IReadOnlyList<RoleBindingRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<RoleBindingRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from binding in db.RoleBindings.Where(b => b.WorkspaceId == workspace.Id)
                .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Take(WorkspaceType.MaxElements)
            select binding).AsNoTracking().ToListAsync(cancellationToken);

        return found.GroupBy(b => b.WorkspaceId!.Value).ToDictionary(
            g => g.Key,
            IReadOnlyList<RoleBindingRow> (g) => [.. g.OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Select(b => RoleBindingRow.Of(b, roles))]);
    }
}

/// <summary>Loads the newest invitations to workspaces that can still be used: one database query for all the workspaces of one level.</summary>
public sealed class InvitationsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
    : BatchDataLoader<Guid, IReadOnlyList<Invitation>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<Invitation>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from invitation in db.Invitations.Where(i => i.WorkspaceId == workspace.Id && i.ExpiresAt > now)
                .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(WorkspaceType.MaxElements)
            select invitation).AsNoTracking().ToListAsync(cancellationToken);

        return found.GroupBy(i => i.WorkspaceId!.Value).ToDictionary(
            g => g.Key, IReadOnlyList<Invitation> (g) => [.. g.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id)]);
    }
}
