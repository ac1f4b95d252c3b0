using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Makes links that work once, and uses them up.</summary>
public sealed class UserLinks(SignInThrottle throttle, TimeProvider clock)
{
    /// <summary>How long an address can be confirmed with a link.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a new password can be chosen with a link.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Most links of one purpose mailed to a user within an hour, so that strangers cannot fill a user's mailbox.</summary>
    public const int MaxMailedAnHour = 3;

    /// <summary>Adds a link to the context, to be saved with what it is for.</summary>
    public (OneTimeToken Token, UserLink Link) Add(ControlPlaneDbContext db, Guid userId, UserLinkPurpose purpose)
    {
        var token = OneTimeToken.Make();
        var now = clock.GetUtcNow();
        var link = new UserLink
        {
            TokenHash = token.Hash,
            UserId = userId,
            Purpose = purpose,
            CreatedAt = now,
            ExpiresAt = now + (purpose is UserLinkPurpose.ConfirmEmail ? ConfirmationLifetime : ResetLifetime),
        };

        db.UserLinks.Add(link);
        return (token, link);
    }

    /// <summary>
    /// Makes and stores a link to be mailed, and deletes the user's expired links; null if the user is gone or
    /// <see cref="MaxMailedAnHour"/> is reached.
    /// </summary>
    public async Task<(OneTimeToken Token, UserLink Link)?> AddMailedAsync(
        ControlPlaneDbContext db, Guid userId, UserLinkPurpose purpose, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var anHourAgo = now.AddHours(-1);

        // Links with a later time are from a host whose clock was ahead, and do not count.
        var inAMoment = now.AddMinutes(1);
        var ofLastHour = db.UserLinks.Where(
            l => l.UserId == userId && l.Purpose == purpose && l.CreatedAt > anHourAgo && l.CreatedAt < inAMoment);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // Under the lock of the user, else links that are made at the same moment would not be counted.
        var locked = await db.UserForUpdate(userId).AsNoTracking().ToListAsync(cancellationToken);
        await db.UserLinks.Where(l => l.UserId == userId && l.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);

        if (locked.Count == 0 || await ofLastHour.CountAsync(cancellationToken) >= MaxMailedAnHour)
        {
            return null;
        }

        var added = Add(db, userId, purpose);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>The link with this token. Failed attempts are limited.</summary>
    /// <exception cref="LinkInvalidException">There is none for this purpose that can still be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserLink> FindAsync(
        ControlPlaneDbContext db, string token, UserLinkPurpose purpose, Caller caller, CancellationToken cancellationToken)
    {
        var attempt = await throttle.BeginAsync(caller, cancellationToken);
        var hash = OneTimeToken.HashOf(token) ?? throw new LinkInvalidException();
        var now = clock.GetUtcNow();
        var link = await db.UserLinks.AsNoTracking()
            .SingleOrDefaultAsync(l => l.TokenHash == hash && l.Purpose == purpose && l.ExpiresAt > now, cancellationToken)
            ?? throw new LinkInvalidException();
        await attempt.RefundAsync(cancellationToken);
        return link;
    }

    /// <summary>Deletes a link and the user's others of its purpose, in a transaction under <see cref="Locks.Users"/>.</summary>
    /// <exception cref="LinkInvalidException">The link was used since it was found.</exception>
    public static async Task TakeAsync(ControlPlaneDbContext db, UserLink link, CancellationToken cancellationToken)
    {
        if (await db.UserLinks.Where(l => l.TokenHash == link.TokenHash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            throw new LinkInvalidException();
        }

        await ForgetAsync(db, link.UserId, link.Purpose, cancellationToken);
    }

    /// <summary>Deletes all links of a user for this purpose.</summary>
    public static Task ForgetAsync(ControlPlaneDbContext db, Guid userId, UserLinkPurpose purpose, CancellationToken cancellationToken)
        => db.UserLinks.Where(l => l.UserId == userId && l.Purpose == purpose).ExecuteDeleteAsync(cancellationToken);
}
