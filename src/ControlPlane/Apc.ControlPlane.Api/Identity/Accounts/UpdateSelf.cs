using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.SignIn.Links;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>Changes what users may change of themselves.</summary>
public sealed class UpdateSelf(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    PasswordVerifier passwords,
    LocalSignIn local,
    SignInThrottle throttle,
    TimeProvider clock)
{
    /// <summary>Makes the change; a new password ends the user's other sessions, and voids links to choose one.</summary>
    /// <exception cref="UserNotFoundException">The caller is no user, but a service account.</exception>
    /// <exception cref="UsernameTakenException">The name means another user.</exception>
    /// <exception cref="UsernameIsAddressException">The name looks like an address that is none of the user's.</exception>
    /// <exception cref="LocalSignInDisabledException">Nobody has a password here.</exception>
    /// <exception cref="InvalidCredentialsException">A new password came without the right current one.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    /// <exception cref="QuotaExceededException">The current password was wrong too often.</exception>
    public async Task<User> RunAsync(SelfChange wanted, Caller caller, CancellationToken cancellationToken)
    {
        // Before the lock: checking and hashing passwords takes long.
        var passwordHash = wanted.Password is null ? null : await HashAsync(wanted, caller, cancellationToken);

        return await changes.RunAsync(caller, [Locks.Users], async change =>
        {
            var db = change.Db;
            var user = await FindAsync(db, caller, cancellationToken);
            var before = Shown(user, passwordChanged: false);

            if (wanted.Username is { } name && name != user.Username)
            {
                await Usernames.ThrowIfTakenAsync(db, name, user.Id, cancellationToken);
                var addresses = await db.Emails.Where(e => e.UserId == user.Id).Select(e => e.Address).ToListAsync(cancellationToken);
                user.Username = Usernames.Of(name, addresses);
            }

            user.FullName = wanted.HasFullName ? wanted.FullName : user.FullName;
            user.PasswordHash = passwordHash ?? user.PasswordHash;

            if (passwordHash is not null)
            {
                await EndOtherSessionsAsync(db, user.Id, caller.TokenId, cancellationToken);
            }

            if (db.ChangeTracker.HasChanges())
            {
                user.UpdatedAt = clock.GetUtcNow();
                change.AffectsCallers = true;
                change.Audit(new AuditedChange("user.update", "user")
                {
                    EntityId = user.Id,
                    EntityName = user.Username,
                    Before = before,
                    After = Shown(user, passwordHash is not null),
                });
            }

            return user;
        }, cancellationToken);
    }

    private static async Task<User> FindAsync(ControlPlaneDbContext db, Caller caller, CancellationToken cancellationToken)
    {
        var id = caller.Kind == ActorKind.User ? caller.Id : null;
        return await db.Users.SingleOrDefaultAsync(u => u.Id == id, cancellationToken) ?? throw new UserNotFoundException();
    }

    private async Task<string> HashAsync(SelfChange wanted, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var user = await FindAsync(db, caller, cancellationToken);
        local.Require();

        // Whoever found a token must not find the password out with it.
        var attempt = await throttle.BeginAsync(user.Username, user.Id, caller, cancellationToken);

        if (!passwords.Verify(user.PasswordHash, wanted.CurrentPassword ?? ""))
        {
            throw new InvalidCredentialsException();
        }

        await attempt.RefundAsync(cancellationToken);

        // The names as they will be, and as they were.
        var addresses = await db.Emails.Where(e => e.UserId == user.Id).OrderByDescending(e => e.Primary).Select(e => e.Address).ToListAsync(cancellationToken);
        var primary = addresses.FirstOrDefault() ?? throw new UserNotFoundException();
        PasswordRefusedException.ThrowIfWeak(
            wanted.Password!, primary, [.. addresses, user.Username, user.FullName, wanted.Username, wanted.FullName]);
        return passwords.Hash(wanted.Password!);
    }

    private static async Task EndOtherSessionsAsync(ControlPlaneDbContext db, Guid userId, string? tokenId, CancellationToken cancellationToken)
    {
        var own = tokenId?[^AccessToken.PublicIdLength..];
        await UserLinks.ForgetAsync(db, userId, UserLinkPurpose.ResetPassword, cancellationToken);
        await db.UserTokens.Where(t => t.UserId == userId && t.PublicId != own).ExecuteDeleteAsync(cancellationToken);
    }

    private static object Shown(User user, bool passwordChanged) => new { user.Username, user.FullName, PasswordChanged = passwordChanged };
}
