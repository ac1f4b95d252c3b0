using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Makes links of one use, and takes them back.</summary>
public sealed class UserLinks(SignInThrottle throttle, TimeProvider clock)
{
    /// <summary>How long an address can be confirmed with a link.</summary>
    public static readonly TimeSpan ConfirmationLifetime = TimeSpan.FromHours(24);

    /// <summary>How long a new password can be chosen with a link.</summary>
    public static readonly TimeSpan ResetLifetime = TimeSpan.FromHours(1);

    /// <summary>Links of one purpose that are mailed to a user within an hour. Whoever asks for more gets none, so that nobody can fill another's mailbox.</summary>
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

    /// <summary>Makes and stores a link to be mailed; null where the user is gone or got enough of them just now. Links that have expired are swept out.</summary>
    public async Task<(OneTimeToken Token, UserLink Link)?> AddMailedAsync(
        ControlPlaneDbContext db, Guid userId, UserLinkPurpose purpose, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var anHourAgo = now.AddHours(-1);

        // Links dated later are of a host whose clock was ahead: they keep nobody from theirs.
        var inAMoment = now.AddMinutes(1);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);

        // One at a time for each user, or those who ask at the same moment would not be counted.
        var locked = await db.UserForUpdate(userId).AsNoTracking().ToListAsync(cancellationToken);
        await db.UserLinks.Where(l => l.UserId == userId && l.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);

        if (locked.Count == 0
            || await db.UserLinks.CountAsync(l => l.UserId == userId && l.Purpose == purpose && l.CreatedAt > anHourAgo && l.CreatedAt < inAMoment, cancellationToken) >= MaxMailedAnHour)
        {
            return null;
        }

        var added = Add(db, userId, purpose);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return added;
    }

    /// <summary>The link that a token belongs to. Guessing is slowed.</summary>
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

    /// <summary>Uses a link up, and with it the user's other links of the purpose. The context has begun a transaction under <see cref="Locks.Users"/>.</summary>
    /// <exception cref="LinkInvalidException">Somebody was faster.</exception>
    public static async Task TakeAsync(ControlPlaneDbContext db, UserLink link, CancellationToken cancellationToken)
    {
        if (await db.UserLinks.Where(l => l.TokenHash == link.TokenHash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            throw new LinkInvalidException();
        }

        await ForgetAsync(db, link.UserId, link.Purpose, cancellationToken);
    }

    /// <summary>Voids all links of a user for this purpose.</summary>
    public static Task ForgetAsync(ControlPlaneDbContext db, Guid userId, UserLinkPurpose purpose, CancellationToken cancellationToken)
        => db.UserLinks.Where(l => l.UserId == userId && l.Purpose == purpose).ExecuteDeleteAsync(cancellationToken);
}
