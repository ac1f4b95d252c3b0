using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Loads teams by id: one database query for all the ids of one level.</summary>
public sealed class TeamByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : DatabaseLoader<Guid, TeamRow>(contexts)
{
    protected override Task<Dictionary<Guid, TeamRow>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => db.Teams.AsNoTracking().Where(t => keys.Contains(t.Id)).ToDictionaryAsync(t => t.Id, TeamRow.Of, cancellationToken);
}

/// <summary>Loads the first members of teams: one database query for all the teams of one level.</summary>
public sealed class TeamUsersDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : DatabaseListLoader<Guid, UserRow>(contexts)
{
    /// <summary>Most members of one team.</summary>
    public const int MaxUsers = 100;

    protected override async Task<IEnumerable<(Guid Key, UserRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        // The primary key has the members of a team in this order, so members beyond the limit are not read.
        var members = await (
            from team in db.Teams.Where(t => keys.Contains(t.Id))
            from member in db.TeamUsers.Where(m => m.TeamId == team.Id).OrderBy(m => m.UserId).Take(MaxUsers)
            join user in db.Users on member.UserId equals user.Id
            select new { member.TeamId, User = user }).AsNoTracking().ToListAsync(cancellationToken);
        return members.OrderBy(m => m.User.Id).Select(m => (m.TeamId, UserRow.Of(m.User)));
    }
}

/// <summary>Loads the first teams of users: one database query for all the users of one level.</summary>
public sealed class TeamsByUserIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : DatabaseListLoader<Guid, TeamRow>(contexts)
{
    /// <summary>Most teams of one user.</summary>
    public const int MaxTeams = 100;

    protected override async Task<IEnumerable<(Guid Key, TeamRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var teams = await (
            from user in db.Users.Where(u => keys.Contains(u.Id))
            from team in db.Teams.Where(t => db.TeamUsers.Any(m => m.TeamId == t.Id && m.UserId == user.Id))
                .OrderBy(t => t.SortId).Take(MaxTeams)
            select new { UserId = user.Id, Team = team }).AsNoTracking().ToListAsync(cancellationToken);
        return teams.OrderBy(t => t.Team.SortId).Select(t => (t.UserId, TeamRow.Of(t.Team)));
    }
}

/// <summary>The key by which a loader is asked whether a user is in a team.</summary>
public readonly record struct TeamMembership(Guid TeamId, Guid UserId);

/// <summary>Loads whether users are in teams: one database query for all the pairs of one level.</summary>
public sealed class TeamMembershipDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseLoader<TeamMembership, bool>(contexts)
{
    protected override Task<Dictionary<TeamMembership, bool>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<TeamMembership> keys, CancellationToken cancellationToken)
    {
        var teams = keys.Select(k => k.TeamId).Distinct().ToArray();
        var users = keys.Select(k => k.UserId).Distinct().ToArray();
        return db.TeamUsers.AsNoTracking()
            .Where(m => teams.Contains(m.TeamId) && users.Contains(m.UserId))
            .ToDictionaryAsync(m => new TeamMembership(m.TeamId, m.UserId), _ => true, cancellationToken);
    }
}
