using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Sets the password of the user who has the token of a link, ends all sessions of the user, and begins one.</summary>
public sealed class ResetPassword(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    UserLinks links,
    PasswordVerifier passwords,
    UserSignIn signIn,
    TimeProvider clock)
{
    /// <exception cref="LinkInvalidException">The token cannot be used.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule; the link can still be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserSession> RunAsync(
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
        return await signIn.BeginAsync(user, lifetime, caller, cancellationToken);
    }

    /// <summary>Checks the link and hashes the password: before the lock, because hashing takes long.</summary>
    private async Task<(UserLink Link, string PasswordHash)> HashAsync(
        string token, string password, Caller caller, CancellationToken cancellationToken)
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
}
