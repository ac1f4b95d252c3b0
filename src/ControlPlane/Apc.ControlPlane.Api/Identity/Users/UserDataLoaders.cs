using Apc.ControlPlane.Data;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Loads users by id: one database query for all the ids of one level.</summary>
public sealed class UserByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts) : BatchDataLoader<Guid, UserRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, UserRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users.AsNoTracking().Where(u => keys.Contains(u.Id)).ToDictionaryAsync(u => u.Id, UserRow.Of, cancellationToken);
    }
}

/// <summary>Loads the addresses of users: one database query for all the users of one level.</summary>
public sealed class EmailsByUserIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<Guid, IReadOnlyList<EmailRow>>
{
    protected override async Task<IReadOnlyDictionary<Guid, IReadOnlyList<EmailRow>>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var emails = await db.Emails.AsNoTracking()
            .Where(e => keys.Contains(e.UserId))
            .OrderBy(e => e.CreatedAt).ThenBy(e => e.Id)
            .ToListAsync(cancellationToken);

        return emails.GroupBy(e => e.UserId).ToDictionary(
            g => g.Key,
            IReadOnlyList<EmailRow> (g) => [.. g.Select(EmailRow.Of)]);
    }
}
