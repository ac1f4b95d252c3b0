using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Loads workspaces by id: one database query for all the ids of one level.</summary>
public sealed class WorkspaceByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseLoader<Guid, WorkspaceRow>(contexts)
{
    protected override Task<Dictionary<Guid, WorkspaceRow>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => db.Workspaces.AsNoTracking()
            .Where(w => keys.Contains(w.Id))
            .ToDictionaryAsync(w => w.Id, WorkspaceRow.Of, cancellationToken);
}

/// <summary>Loads the first users of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class WorkspaceUsersDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<Guid, UserRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, UserRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from user in db.Users.Where(u => db.RoleBindings.Any(b => b.UserId == u.Id && b.WorkspaceId == workspace.Id))
                .OrderBy(u => u.Id).Take(WorkspaceType.MaxElements)
            select new { workspace.Id, User = user }).AsNoTracking().ToListAsync(cancellationToken);
        return found.OrderBy(f => f.User.Id).Select(f => (f.Id, UserRow.Of(f.User)));
    }
}

/// <summary>Loads the first teams of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class WorkspaceTeamsDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<Guid, TeamRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, TeamRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from team in db.Teams.Where(t => db.RoleBindings.Any(b => b.TeamId == t.Id && b.WorkspaceId == workspace.Id))
                .OrderBy(t => t.SortId).Take(WorkspaceType.MaxElements)
            select new { workspace.Id, Team = team }).AsNoTracking().ToListAsync(cancellationToken);
        return found.OrderBy(f => f.Team.SortId).Select(f => (f.Id, TeamRow.Of(f.Team)));
    }
}

/// <summary>Loads the newest service accounts of workspaces: one database query for all the workspaces of one level.</summary>
public sealed class ServiceAccountsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<Guid, ServiceAccountRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, ServiceAccountRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var newest =
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from account in db.ServiceAccounts.Where(s => s.WorkspaceId == workspace.Id)
                .OrderByDescending(s => s.Id).Take(WorkspaceType.MaxElements)
            select account;
        var found = await newest.AsNoTracking().WithNewestKey(db).ToListAsync(cancellationToken);
        return found.OrderByDescending(f => f.Account.Id)
            .Select(f => (f.Account.WorkspaceId!.Value, ServiceAccountRow.Of(f.Account, f.PublicId)));
    }
}

/// <summary>Loads the first roles that are held in workspaces: one database query for all the workspaces of one level.</summary>
public sealed class RoleBindingsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, RoleTable roles)
    : DatabaseListLoader<Guid, RoleBindingRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, RoleBindingRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from binding in db.RoleBindings.Where(b => b.WorkspaceId == workspace.Id)
                .OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Take(WorkspaceType.MaxElements)
            select binding).AsNoTracking().ToListAsync(cancellationToken);
        return found.OrderBy(b => b.CreatedAt).ThenBy(b => b.Id).Select(b => (b.WorkspaceId!.Value, RoleBindingRow.Of(b, roles)));
    }
}

/// <summary>Loads the newest valid invitations to workspaces: one database query for all the workspaces of one level.</summary>
public sealed class InvitationsByWorkspaceDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
    : DatabaseListLoader<Guid, Invitation>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, Invitation Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await (
            from workspace in db.Workspaces.Where(w => keys.Contains(w.Id))
            from invitation in db.Invitations.Where(i => i.WorkspaceId == workspace.Id && i.ExpiresAt > now)
                .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(WorkspaceType.MaxElements)
            select invitation).AsNoTracking().ToListAsync(cancellationToken);
        return found.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Select(i => (i.WorkspaceId!.Value, i));
    }
}
