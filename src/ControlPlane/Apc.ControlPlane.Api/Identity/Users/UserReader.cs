using Apc.ControlPlane.Data;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Looks for users.</summary>
public sealed class UserReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <summary>Most users of one answer; the oldest.</summary>
    public const int MaxResults = 100;

    /// <summary>The users who match all that is given, oldest first.</summary>
    /// <exception cref="UserSearchEmptyException">Nothing is given.</exception>
    public async Task<IReadOnlyList<UserRow>> ListAsync(UserSearch? search, string? email, CancellationToken cancellationToken)
    {
        var conditions = new UserConditions(search, email);

        if (conditions.IsEmpty)
        {
            throw new UserSearchEmptyException();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var users = await conditions.Of(db).AsNoTracking()
            .OrderBy(u => u.CreatedAt).ThenBy(u => u.Id)
            .Take(MaxResults)
            .ToListAsync(cancellationToken);
        return [.. users.Select(UserRow.Of)];
    }
}
