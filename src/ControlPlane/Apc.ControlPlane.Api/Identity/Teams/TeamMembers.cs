using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>A change of the members of a team.</summary>
internal sealed record TeamMembers(Guid[] Joining, Guid[] Leaving)
{
    public static readonly TeamMembers Unchanged = new([], []);

    public bool IsEmpty => Joining is [] && Leaving is [];

    /// <summary>The ids in an argument, each once; empty texts are ignored.</summary>
    /// <exception cref="UserNotFoundException">A text is no id.</exception>
    public static Guid[] Named(IReadOnlyList<Uuid?>? given) =>
    [
        .. (given ?? [])
            .Where(id => id is { IsAbsent: false })
            .Select(id => id!.Value.Id ?? throw new UserNotFoundException())
            .Distinct(),
    ];

    /// <summary>The change after which these are all the members.</summary>
    public static async Task<TeamMembers> ReplaceAsync(
        ControlPlaneDbContext db, Guid teamId, Guid[] wanted, CancellationToken cancellationToken)
    {
        var there = await db.TeamUsers.Where(m => m.TeamId == teamId).Select(m => m.UserId).ToListAsync(cancellationToken);
        return new([.. wanted.Except(there)], [.. there.Except(wanted)]);
    }

    /// <summary>The change that adds and removes these users. Added members, and removed users who are no members, do not count.</summary>
    public static async Task<TeamMembers> ChangeAsync(
        ControlPlaneDbContext db, Guid teamId, Guid[] added, Guid[] removed, CancellationToken cancellationToken)
    {
        if (added is [] && removed is [])
        {
            return Unchanged;
        }

        Guid[] named = [.. added, .. removed];
        var there = await db.TeamUsers
            .Where(m => m.TeamId == teamId && named.Contains(m.UserId))
            .Select(m => m.UserId)
            .ToListAsync(cancellationToken);
        return new([.. added.Except(there)], [.. removed.Intersect(there)]);
    }

    /// <summary>Saves the change and the context. The number of statements does not depend on the number of users.</summary>
    /// <exception cref="UserNotFoundException">A user who would join does not exist.</exception>
    public async Task SaveAsync(Change change, Guid teamId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var db = change.Db;

        if (Leaving is not [])
        {
            await db.TeamUsers.Where(m => m.TeamId == teamId && Leaving.Contains(m.UserId)).ExecuteDeleteAsync(cancellationToken);
        }

        // A new team has to be stored before its members.
        await change.SaveAsync(cancellationToken);

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
