using Apc.ControlPlane.Api.Common;
using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Loads users by id: one database query for all the ids of one level.</summary>
public sealed class UserByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : DatabaseLoader<Guid, UserRow>(contexts)
{
    protected override Task<Dictionary<Guid, UserRow>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
        => db.Users.AsNoTracking().Where(u => keys.Contains(u.Id)).ToDictionaryAsync(u => u.Id, UserRow.Of, cancellationToken);
}

/// <summary>Loads the addresses of users, oldest first: one database query for all the users of one level.</summary>
public sealed class EmailsByUserIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : DatabaseListLoader<Guid, EmailRow>(contexts)
{
    protected override async Task<IEnumerable<(Guid Key, EmailRow Value)>> ReadAsync(
        ControlPlaneDbContext db, IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        var emails = await db.Emails.AsNoTracking()
            .Where(e => keys.Contains(e.UserId))
            .OrderBy(e => e.CreatedAt).ThenBy(e => e.Id)
            .ToListAsync(cancellationToken);
        return emails.Select(e => (e.UserId, EmailRow.Of(e)));
    }
}
