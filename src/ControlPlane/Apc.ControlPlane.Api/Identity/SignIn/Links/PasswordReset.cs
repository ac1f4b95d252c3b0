using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Lets users who forgot their password choose a new one.</summary>
public sealed class PasswordReset(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    UserLinks links,
    LinkMails texts,
    MailQueue mails,
    QuotaCounter quotas,
    PasswordVerifier passwords,
    UserSignIn signIn,
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

        if (!mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteAsync(email, token)))
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

        return await changes.RunAsync(caller, async change =>
        {
            var user = await change.Db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UserNotFoundException();

            if (user.Status is not UserStatus.Active)
            {
                throw new UserPendingException();
            }

            var (token, link) = links.Add(change.Db, userId, UserLinkPurpose.ResetPassword);
            change.Audit(new AuditedChange("user.createPasswordResetLink", "user") { EntityId = user.Id, EntityName = user.Username, After = new { link.ExpiresAt } });
            return new PasswordResetLink(texts.Url(caller.Origin, UserLinkPurpose.ResetPassword, token), link.ExpiresAt);
        }, cancellationToken);
    }

    /// <summary>Takes the new password, ends all sessions of the user, and begins one.</summary>
    /// <exception cref="LinkInvalidException">The token cannot be used.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule; the link can still be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserSession> ResetAsync(
        string token, string password, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        var (link, passwordHash) = await HashAsync(token, password, caller, cancellationToken);
        var user = await changes.RunAsync(caller, [Locks.Users], async change =>
        {
            await UserLinks.TakeAsync(change.Db, link, cancellationToken);
            var owner = await change.Db.Users.SingleAsync(u => u.Id == link.UserId, cancellationToken);
            owner.PasswordHash = passwordHash;
            owner.UpdatedAt = clock.GetUtcNow();
            await change.Db.UserTokens.Where(t => t.UserId == owner.Id).ExecuteDeleteAsync(cancellationToken);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("user.resetPassword", "user") { EntityId = owner.Id, EntityName = owner.Username });
            return owner;
        }, cancellationToken);
        return await signIn.BeginAsync(user, "resetPassword", lifetime, caller, cancellationToken);
    }

    /// <summary>Checks the link and the password, and hashes it: before the lock, because it takes long.</summary>
    private async Task<(UserLink Link, string PasswordHash)> HashAsync(string token, string password, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var link = await links.FindAsync(db, token, UserLinkPurpose.ResetPassword, caller, cancellationToken);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == link.UserId, cancellationToken)
            ?? throw new LinkInvalidException();
        var addresses = await db.Emails
            .Where(e => e.UserId == link.UserId).OrderByDescending(e => e.Primary).Select(e => e.Address).ToListAsync(cancellationToken);
        var primary = addresses.FirstOrDefault() ?? throw new LinkInvalidException();
        PasswordRefusedException.ThrowIfWeak(password, primary, [.. addresses, owner.Username, owner.FullName]);
        return (link, passwords.Hash(password));
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
