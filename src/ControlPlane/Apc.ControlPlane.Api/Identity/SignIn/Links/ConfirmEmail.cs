using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Confirms the address of a new user with the token of a link, and begins a session.</summary>
public sealed class ConfirmEmail(
    Changes changes, IDbContextFactory<ControlPlaneDbContext> contexts, UserLinks links, UserSignIn signIn, TimeProvider clock)
{
    /// <exception cref="LinkInvalidException">The token cannot be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserSession> RunAsync(string token, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        var link = await FindAsync(token, caller, cancellationToken);
        var user = await changes.RunAsync(caller, [Locks.Users], async change =>
        {
            await UserLinks.TakeAsync(change.Db, link, cancellationToken);
            var owner = await change.Db.Users.SingleAsync(u => u.Id == link.UserId, cancellationToken);
            var email = await change.Db.Emails.SingleAsync(e => e.UserId == owner.Id && e.Primary, cancellationToken);
            Confirm(change, owner, email, clock.GetUtcNow());
            return owner;
        }, cancellationToken);
        return await signIn.BeginAsync(user, lifetime, caller, cancellationToken);
    }

    /// <summary>Marks the address as verified by its reader or by an admin, and lets its user sign in.</summary>
    internal static void Confirm(Change change, User user, Email email, DateTimeOffset now)
    {
        (user.Status, user.UpdatedAt) = (UserStatus.Active, now);
        (email.Verified, email.Vouched, email.UpdatedAt) = (true, false, now);
        change.Audit(new AuditedChange("user.verifyEmail", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { Email = email.Address, email.Verified },
        });
    }

    private async Task<UserLink> FindAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.FindAsync(db, token, UserLinkPurpose.ConfirmEmail, caller, cancellationToken);
    }
}
