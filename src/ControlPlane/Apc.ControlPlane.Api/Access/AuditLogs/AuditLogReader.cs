using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Reads the audit trail.</summary>
/// <remarks>
/// Each filter has an index in the order of the list: a page is a walk along the most selective of them. A count is exact; with one filter, and a time
/// besides, it reads the index alone. What a page or a count costs is bounded by the rows of the most selective filter, and by the time of the request.
/// </remarks>
public sealed class AuditLogReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>A page and, where it is wanted, the number of all matching entries.</summary>
    /// <exception cref="CursorNotFoundException">The cursor names no entry.</exception>
    public async Task<AuditLogPage> PageAsync(AuditLogPageQuery query, CancellationToken cancellationToken)
    {
        if (NamesNothing(query.Filter.EntityType) || NamesNothing(query.Filter.Action))
        {
            return new AuditLogPage([], 0);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        DateTimeOffset? startAfter = query.Cursor is { } cursor ? await TimeOfAsync(db, cursor, cancellationToken) : null;

        return new AuditLogPage(
            query.WantsRows ? await Rows(db, query, startAfter).ToListAsync(cancellationToken) : [],
            query.WantsCount ? await Matching(db, query.Filter).CountAsync(cancellationToken) : 0);
    }

    /// <summary>The rows of a page.</summary>
    /// <param name="db">Where to.</param>
    /// <param name="query">Which.</param>
    /// <param name="startAfter">The time of the cursor; null where there is none.</param>
    public static IQueryable<AuditLog> Rows(ControlPlaneDbContext db, AuditLogPageQuery query, DateTimeOffset? startAfter)
    {
        var rows = Matching(db, query.Filter);

        if (query.Cursor is { } id && startAfter is { } at)
        {
            rows = rows.Where(a => EF.Functions.LessThan(ValueTuple.Create(a.At, a.Id), ValueTuple.Create(at, id)));
        }

        return rows.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(query.Take);
    }

    /// <summary>All rows that match, in no order.</summary>
    public static IQueryable<AuditLog> Matching(ControlPlaneDbContext db, AuditLogFilter filter)
    {
        var rows = db.AuditLogs.AsNoTracking();

        if (filter.ActorId is { } actorId)
        {
            rows = rows.Where(a => a.ActorId == actorId);
        }

        if (filter.EntityType is { } entityType)
        {
            rows = rows.Where(a => a.EntityType == entityType);
        }

        if (filter.EntityId?.ToString() is { } entityId)
        {
            rows = rows.Where(a => a.EntityId == entityId);
        }

        if (filter.Action is { } action)
        {
            rows = rows.Where(a => a.Action == action);
        }

        if (filter.Outcome is { } outcome)
        {
            rows = rows.Where(a => a.Outcome == outcome);
        }

        if (filter.From?.ToUniversalTime() is { } from)
        {
            rows = rows.Where(a => a.At >= from);
        }

        if (filter.To?.ToUniversalTime() is { } to)
        {
            rows = rows.Where(a => a.At < to);
        }

        return rows;
    }

    private static async Task<DateTimeOffset> TimeOfAsync(ControlPlaneDbContext db, Guid id, CancellationToken cancellationToken)
        => await db.AuditLogs.Where(a => a.Id == id).Select(a => (DateTimeOffset?)a.At).SingleOrDefaultAsync(cancellationToken)
            ?? throw new CursorNotFoundException("audit log", id.ToString());

    /// <summary>A text that no row can have would be an error of the database.</summary>
    private static bool NamesNothing(string? text) => text is not null && !PlainText.IsPlain(text);
}
