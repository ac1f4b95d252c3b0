using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Loads teams by id: one database query for all the ids of one level.</summary>
public sealed class TeamByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, TeamRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, TeamRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Teams.AsNoTracking().Where(t => keys.Contains(t.Id)).ToDictionaryAsync(t => t.Id, TeamRow.Of, cancellationToken);
    }
}

/// <summary>Loads the first members of teams: one database query for all the teams of one level, which reads no more than it answers with.</summary>
public sealed class TeamUsersDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, IReadOnlyList<UserRow>>
{
    /// <summary>Most members of one team.</summary>
    public const int MaxUsers = 100;

    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<UserRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Within a team the primary key has the members in this order, so that those beyond the limit are not looked at.
        var members = await (
            from team in db.Teams.Where(t => keys.Contains(t.Id))
            from member in db.TeamUsers.Where(m => m.TeamId == team.Id).OrderBy(m => m.UserId).Take(MaxUsers)
            join user in db.Users on member.UserId equals user.Id
            select new { member.TeamId, User = user }).AsNoTracking().ToListAsync(cancellationToken);

        return members.GroupBy(m => m.TeamId)
            .ToDictionary(g => g.Key, IReadOnlyList<UserRow> (g) => [.. g.Select(m => UserRow.Of(m.User)).OrderBy(u => u.Id)]);
    }
}

/// <summary>Loads the first teams of users: one database query for all the users of one level.</summary>
public sealed class TeamsByUserIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, IReadOnlyList<TeamRow>>
{
    /// <summary>Most teams of one user.</summary>
    public const int MaxTeams = 100;

    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<TeamRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var teams = await (
            from user in db.Users.Where(u => keys.Contains(u.Id))
            from team in db.Teams.Where(t => db.TeamUsers.Any(m => m.TeamId == t.Id && m.UserId == user.Id)).OrderBy(t => t.SortId).Take(MaxTeams)
            select new { UserId = user.Id, Team = team }).AsNoTracking().ToListAsync(cancellationToken);

        return teams.GroupBy(t => t.UserId)
            .ToDictionary(g => g.Key, IReadOnlyList<TeamRow> (g) => [.. g.Select(t => TeamRow.Of(t.Team)).OrderBy(t => t.SortId)]);
    }
}

/// <summary>That a user is in a team, as a question.</summary>
public readonly record struct TeamMembership(Guid TeamId, Guid UserId);

/// <summary>Answers who is in which team: one database query for all the questions of one level.</summary>
public sealed class TeamMembershipDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<TeamMembership, bool>
{
    protected override async Task<IReadOnlyDictionary<TeamMembership, bool>> LoadBatchAsync(
        IReadOnlyList<TeamMembership> keys, CancellationToken cancellationToken)
    {
        var teams = keys.Select(k => k.TeamId).Distinct().ToArray();
        var users = keys.Select(k => k.UserId).Distinct().ToArray();

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.TeamUsers.AsNoTracking()
            .Where(m => teams.Contains(m.TeamId) && users.Contains(m.UserId))
            .ToDictionaryAsync(m => new TeamMembership(m.TeamId, m.UserId), _ => true, cancellationToken);
    }
}
