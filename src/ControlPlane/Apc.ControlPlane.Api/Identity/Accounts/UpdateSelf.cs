using System.Text.Json;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Payloads;
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

/// <summary>Changes the name, the user name and the password of the calling user.</summary>
public sealed class UpdateSelf(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    PasswordVerifier passwords,
    LocalSignIn local,
    SignInThrottle throttle,
    TimeProvider clock)
{
    /// <summary>Makes the change; a new password ends the user's other sessions, and deletes links to choose one.</summary>
    /// <exception cref="UserNotFoundException">The caller is a service account.</exception>
    /// <exception cref="UsernameTakenException">Another user has the name as name or address.</exception>
    /// <exception cref="UsernameIsAddressException">The name looks like an address that is not the user's.</exception>
    /// <exception cref="LocalSignInDisabledException">Signing in with a password is switched off.</exception>
    /// <exception cref="InvalidCredentialsException">A new password was given without the right current one.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    /// <exception cref="QuotaExceededException">The current password was wrong too often.</exception>
    public async Task<User> RunAsync(SelfChange wanted, Caller caller, CancellationToken cancellationToken)
    {
        // Before the lock, because checking and hashing passwords takes long.
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
                change.Audit(new AuditedChange("user.update", "user", user.Id, user.Username)
                {
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

        // Limited, so that a stolen token does not help to guess the password.
        var attempt = await throttle.BeginAsync(user.Username, user.Id, caller, cancellationToken);

        if (!passwords.Verify(user.PasswordHash, wanted.CurrentPassword ?? ""))
        {
            throw new InvalidCredentialsException();
        }

        await attempt.RefundAsync(cancellationToken);

        var addresses = await db.Emails
            .Where(e => e.UserId == user.Id)
            .OrderByDescending(e => e.Primary)
            .Select(e => e.Address)
            .ToListAsync(cancellationToken);
        var primary = addresses.FirstOrDefault() ?? throw new UserNotFoundException();

        // Neither the present names nor the new ones may be in the password.
        PasswordRefusedException.ThrowIfWeak(
            wanted.Password!, primary, [.. addresses, user.Username, user.FullName, wanted.Username, wanted.FullName]);
        return passwords.Hash(wanted.Password!);
    }

    private static async Task EndOtherSessionsAsync(
        ControlPlaneDbContext db, Guid userId, string? tokenId, CancellationToken cancellationToken)
    {
        var own = tokenId?[^AccessToken.PublicIdLength..];
        await UserLinks.ForgetAsync(db, userId, UserLinkPurpose.ResetPassword, cancellationToken);
        await db.UserTokens.Where(t => t.UserId == userId && t.PublicId != own).ExecuteDeleteAsync(cancellationToken);
    }

    private static object Shown(User user, bool passwordChanged) => new { user.Username, user.FullName, PasswordChanged = passwordChanged };
}

/// <summary>The changes that a user wants of themselves. Not a record: a record would print the passwords.</summary>
public sealed class SelfChange
{
    private const string FullNameMember = "fullName";
    private const string UsernameMember = "username";
    private const string PasswordMember = "password";
    private const string CurrentPasswordMember = "currentPassword";

    private SelfChange()
    {
    }

    /// <summary>Whether <see cref="FullName"/> is given.</summary>
    public bool HasFullName { get; private init; }

    /// <summary>The new name to show; null for none.</summary>
    public string? FullName { get; private init; }

    /// <summary>The new name to sign in with; null to keep it.</summary>
    public string? Username { get; private init; }

    /// <summary>The new password; null to keep it.</summary>
    public string? Password { get; private init; }

    /// <summary>The present password, which is needed for a new one.</summary>
    public string? CurrentPassword { get; private init; }

    /// <exception cref="UserPayloadInvalidException">The payload is no object of texts, or has an unknown member.</exception>
    /// <exception cref="FullNameInvalidException">The full name cannot be stored.</exception>
    /// <exception cref="UsernameInvalidException">The user name cannot be stored.</exception>
    public static SelfChange Read(JsonElement json)
    {
        var payload = Payload.Read(
            json,
            (FullNameMember, PayloadKind.TextOrNull),
            (UsernameMember, PayloadKind.TextOrNull),
            (PasswordMember, PayloadKind.TextOrNull),
            (CurrentPasswordMember, PayloadKind.TextOrNull));

        if (payload.Unknown is [var unknown, ..])
        {
            throw new UserPayloadInvalidException(PlainText.Normalize(unknown, 64) ?? "a name that is none");
        }

        if (!payload.IsObject || payload.Wrong.Count > 0)
        {
            throw new UserPayloadInvalidException("");
        }

        var fullName = payload.Text(FullNameMember);

        return new SelfChange
        {
            HasFullName = payload.Has(FullNameMember),
            FullName = string.IsNullOrWhiteSpace(fullName) ? null : PlainText.Normalize(fullName, FullNameInvalidException.MaxLength)
                ?? throw new FullNameInvalidException(fullName),
            Username = payload.Text(UsernameMember) is { } username ? Usernames.Normalize(username) : null,
            Password = payload.Text(PasswordMember),
            CurrentPassword = payload.Text(CurrentPasswordMember),
        };
    }
}
