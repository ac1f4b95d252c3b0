using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>People who join a team and people who leave it.</summary>
/// <param name="Joining">Those who were not in it.</param>
/// <param name="Leaving">Those who were.</param>
internal sealed record TeamMembers(Guid[] Joining, Guid[] Leaving)
{
    public static readonly TeamMembers Unchanged = new([], []);

    public bool IsEmpty => Joining is [] && Leaving is [];

    /// <summary>The users whom a list of arguments names, each once; empty texts name nobody.</summary>
    /// <exception cref="UserNotFoundException">A text is no id of ours.</exception>
    public static Guid[] Named(IReadOnlyList<Uuid?>? given)
        => [.. (given ?? []).Where(id => id is { IsAbsent: false }).Select(id => id!.Value.Id ?? throw new UserNotFoundException()).Distinct()];

    /// <summary>What becomes of the members that there are, if these are to be all.</summary>
    public static async Task<TeamMembers> ReplaceAsync(ControlPlaneDbContext db, Guid teamId, Guid[] wanted, CancellationToken cancellationToken)
    {
        var there = await db.TeamUsers.Where(m => m.TeamId == teamId).Select(m => m.UserId).ToListAsync(cancellationToken);
        return new([.. wanted.Except(there)], [.. there.Except(wanted)]);
    }

    /// <summary>What changes, if these are added and those removed; who is in the team already, or not in it, stays as they are.</summary>
    public static async Task<TeamMembers> ChangeAsync(
        ControlPlaneDbContext db, Guid teamId, Guid[] added, Guid[] removed, CancellationToken cancellationToken)
    {
        if (added is [] && removed is [])
        {
            return Unchanged;
        }

        Guid[] named = [.. added, .. removed];
        var there = await db.TeamUsers.Where(m => m.TeamId == teamId && named.Contains(m.UserId)).Select(m => m.UserId).ToListAsync(cancellationToken);
        return new([.. added.Except(there)], [.. removed.Intersect(there)]);
    }

    /// <summary>Saves the change together with whatever else the context holds, in as many statements for a thousand people as for one.</summary>
    /// <exception cref="UserNotFoundException">Somebody who would join does not exist.</exception>
    public async Task SaveAsync(ControlPlaneDbContext db, Guid teamId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Leaving is not [])
        {
            await db.TeamUsers.Where(m => m.TeamId == teamId && Leaving.Contains(m.UserId)).ExecuteDeleteAsync(cancellationToken);
        }

        // The team first, or nobody could join it.
        await db.SaveChangesAsync(cancellationToken);

        if (Joining is [])
        {
            return;
        }

        try
        {
            await db.Database.ExecuteSqlRawAsync(TeamSql.AddMembers, [teamId, Joining, now], cancellationToken);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.ForeignKeyViolation)
        {
            throw RoleErrors.Missing(e);
        }
    }
}
