using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Reads teams. The number of statements of an answer does not depend on the size of the teams.</summary>
public sealed class TeamReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most members in one answer.</summary>
    public const int MaxUsers = 1_000;

    /// <summary>The team with this id; null if there is none, or if a workspace is given in which it holds no role.</summary>
    public async Task<TeamRow?> FindAsync(Guid id, Guid? workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await In(db, workspaceId).Where(t => t.Id == id).Select(t => TeamRow.Of(t)).SingleOrDefaultAsync(cancellationToken);
    }

    /// <summary>One page, and the number of teams on all pages; each only if the query wants it.</summary>
    /// <exception cref="CursorNotFoundException">The cursor is not the id of a team in the list.</exception>
    public async Task<TeamPage> PageAsync(TeamPageQuery query, CancellationToken cancellationToken)
    {
        if (query.SearchPhrase is { } phrase && !PlainText.IsPlain(phrase))
        {
            // No name has such characters, and the database refuses some of them.
            return new TeamPage([], 0);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var visible = In(db, query.WorkspaceId);
        var matching = query.SearchPhrase is null
            ? visible
            : visible.Where(t => EF.Functions.ILike(t.Name, LikePattern.Containing(query.SearchPhrase), "\\"));

        return new TeamPage(
            query.WantsTeams ? await ReadAsync(visible, matching, query, cancellationToken) : [],
            query.WantsCount ? await matching.CountAsync(cancellationToken) : 0);
    }

    /// <summary>Members of the team, oldest user first, after the one with the cursor as id: at most <see cref="MaxUsers"/>.</summary>
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    public async Task<IReadOnlyList<UserRow>> ListUsersAsync(Guid teamId, Guid? cursor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var members = await (
            from member in db.TeamUsers.Where(m => m.TeamId == teamId && (cursor == null || m.UserId > cursor))
                .OrderBy(m => m.UserId).Take(MaxUsers)
            join user in db.Users on member.UserId equals user.Id
            orderby user.Id
            select user).AsNoTracking().ToListAsync(cancellationToken);

        if (members.Count == 0 && !await db.Teams.AnyAsync(t => t.Id == teamId, cancellationToken))
        {
            throw new TeamNotFoundException();
        }

        return [.. members.Select(UserRow.Of)];
    }

    private static async Task<List<TeamRow>> ReadAsync(
        IQueryable<Team> visible, IQueryable<Team> matching, TeamPageQuery query, CancellationToken cancellationToken)
    {
        if (query.Cursor is { } cursor)
        {
            var after = await visible.Where(t => t.Id == cursor).Select(t => (int?)t.SortId).SingleOrDefaultAsync(cancellationToken)
                ?? throw new CursorNotFoundException("team", cursor.ToString());
            matching = matching.Where(t => t.SortId > after);
        }

        return await matching.OrderBy(t => t.SortId).Take(query.Take).Select(t => TeamRow.Of(t)).ToListAsync(cancellationToken);
    }

    private static IQueryable<Team> In(ControlPlaneDbContext db, Guid? workspaceId)
    {
        var teams = db.Teams.AsNoTracking();
        return workspaceId is { } id ? teams.Where(t => db.RoleBindings.Any(b => b.TeamId == t.Id && b.WorkspaceId == id)) : teams;
    }
}
