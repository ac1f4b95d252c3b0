using Apc.ControlPlane.Api.Mail;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Api.Security.Quotas;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Users.Links;

/// <summary>Lets users who forgot their password choose a new one.</summary>
public sealed class PasswordReset(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    UserLinks links,
    LinkMails texts,
    MailQueue mails,
    QuotaCounter quotas,
    PasswordVerifier passwords,
    UserSignIn signIn,
    TokenVerifier verifier,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Sends a link. What happens is the same whether or not there is such a user.</summary>
    /// <exception cref="MailUnavailableException">The platform sends no mails.</exception>
    /// <exception cref="MailBusyException">Too many mails wait.</exception>
    /// <exception cref="QuotaExceededException">The caller asked for too many mails.</exception>
    public async Task SendAsync(string email, Caller caller, CancellationToken cancellationToken)
    {
        mails.RequireAvailable();
        await quotas.SpendAsync(QuotaUses.OfMail(caller), caller, cancellationToken);

        if (!mails.TryAdd(MailUrgency.Awaited, caller, token => WriteAsync(email, token)))
        {
            throw new MailBusyException();
        }
    }

    /// <summary>Makes a link for a System Admin to pass on.</summary>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    /// <exception cref="UserPendingException">The user's address is not confirmed.</exception>
    /// <exception cref="PermissionDeniedException">The caller is not System Admin; a link makes whoever has it the user, whatever that one may do.</exception>
    public async Task<PasswordResetLink> CreateLinkAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Permissions.IsSystemAdmin)
        {
            throw new PermissionDeniedException();
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UserNotFoundException();

        if (user.Status is not UserStatus.Active)
        {
            throw new UserPendingException();
        }

        var (token, link) = links.Add(db, userId, UserLinkPurpose.ResetPassword);
        var row = audit.Add(db, caller, new AuditedChange("user.createPasswordResetLink", "user")
        {
            Operation = "createPasswordResetLink",
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { link.ExpiresAt },
        });
        await db.SaveChangesAsync(cancellationToken);
        audit.Announce(row);
        return new PasswordResetLink(texts.Url(caller.Origin, UserLinkPurpose.ResetPassword, token), link.ExpiresAt);
    }

    /// <summary>Takes the new password, ends all sessions of the user, and begins one.</summary>
    /// <exception cref="LinkInvalidException">The token cannot be used.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule; the link can still be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserSession> ResetAsync(
        string token, string password, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await links.FindAsync(db, token, UserLinkPurpose.ResetPassword, caller, cancellationToken);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == link.UserId, cancellationToken)
            ?? throw new LinkInvalidException();
        var addresses = await db.Emails
            .Where(e => e.UserId == link.UserId).OrderByDescending(e => e.Primary).Select(e => e.Address).ToListAsync(cancellationToken);
        var primary = addresses.FirstOrDefault() ?? throw new LinkInvalidException();
        PasswordRefusedException.ThrowIfWeak(password, primary, [.. addresses, owner.Username, owner.FullName]);
        var passwordHash = passwords.Hash(password);

        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Users, cancellationToken);
        await UserLinks.TakeAsync(db, link, cancellationToken);
        var user = await db.Users.SingleAsync(u => u.Id == link.UserId, cancellationToken);
        user.PasswordHash = passwordHash;
        user.UpdatedAt = clock.GetUtcNow();
        await db.UserTokens.Where(t => t.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        var row = audit.Add(db, caller, new AuditedChange("user.resetPassword", "user")
        {
            Operation = "resetPassword",
            EntityId = user.Id,
            EntityName = user.Username,
        });
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        verifier.ForgetAll();
        audit.Announce(row);
        return await signIn.BeginAsync(user, "resetPassword", lifetime, caller, cancellationToken);
    }

    private async Task<OutgoingMail?> WriteAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Nor does the owner of an address share the user of a stranger who named it.
        if (await db.FindKnownUserIdByEmailAsync(email, cancellationToken) is not { } id)
        {
            return null;
        }

        // Who signs in elsewhere has no password to forget, and shall not get around that; who was made by somebody else chooses the first one so.
        var mayReset = await db.Users.AnyAsync(
            u => u.Id == id && u.Status == UserStatus.Active && (u.PasswordHash != null || !db.UserIdentities.Any(i => i.UserId == id)), cancellationToken);

        if (!mayReset || await links.AddMailedAsync(db, id, UserLinkPurpose.ResetPassword, cancellationToken) is not var (token, link))
        {
            return null;
        }

        // To the address that is known, not as it was typed.
        var address = await db.Emails.AsNoTracking().SingleAsync(e => e.UserId == id && e.Primary, cancellationToken);
        return texts.Reset(address.Address, link, token);
    }
}
