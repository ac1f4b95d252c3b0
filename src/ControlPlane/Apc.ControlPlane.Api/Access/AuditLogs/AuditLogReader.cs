using System.Linq.Expressions;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Reads the audit trail.</summary>
/// <remarks>
/// Each filter has an index in the order of the list: a page is a walk along the most selective of them. A count is exact; with one filter,
/// with or without times, it reads only the index. The cost of a page or a count is bounded by the rows of the most selective filter and by
/// the request's time limit.
/// </remarks>
public sealed class AuditLogReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>The parts of a page that the query wants.</summary>
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
    /// <param name="startAfter">The time of the cursor; null without a cursor.</param>
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
        var entityId = filter.EntityId?.ToString();
        var (from, to) = (filter.From?.ToUniversalTime(), filter.To?.ToUniversalTime());

        return db.AuditLogs.AsNoTracking()
            .WhereIf(filter.ActorId is not null, a => a.ActorId == filter.ActorId)
            .WhereIf(filter.EntityType is not null, a => a.EntityType == filter.EntityType)
            .WhereIf(entityId is not null, a => a.EntityId == entityId)
            .WhereIf(filter.Action is not null, a => a.Action == filter.Action)
            .WhereIf(filter.Outcome is not null, a => a.Outcome == filter.Outcome)
            .WhereIf(from is not null, a => a.At >= from)
            .WhereIf(to is not null, a => a.At < to);
    }

    private static async Task<DateTimeOffset> TimeOfAsync(ControlPlaneDbContext db, Guid id, CancellationToken cancellationToken)
        => await db.AuditLogs.Where(a => a.Id == id).Select(a => (DateTimeOffset?)a.At).SingleOrDefaultAsync(cancellationToken)
            ?? throw new CursorNotFoundException("audit log", id.ToString());

    /// <summary>Whether no row can have the text, which the database would refuse as an error.</summary>
    private static bool NamesNothing(string? text) => text is not null && !PlainText.IsPlain(text);
}

file static class AuditLogRows
{
    public static IQueryable<AuditLog> WhereIf(this IQueryable<AuditLog> rows, bool isGiven, Expression<Func<AuditLog, bool>> matches)
        => isGiven ? rows.Where(matches) : rows;
}
