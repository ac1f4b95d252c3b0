using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.SignIn.Links;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>Makes users with a password. The first becomes System Admin; later ones need an invitation or public sign-ups.</summary>
public sealed class CreateUser(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    PasswordVerifier passwords,
    InvitationRedeemer invitations,
    InvitationCover cover,
    ConfirmationMails confirmation,
    FirstUserClaim claim,
    QuotaCounter quotas,
    LocalSignIn local,
    IOptions<SignupOptions> options,
    TimeProvider clock)
{
    /// <summary>
    /// Makes a user, and mails a link to one who has to confirm the address. If such a user's address or name is taken, the result is the
    /// same, but the user is not stored and the mail says why: only the reader of the address learns it.
    /// </summary>
    /// <exception cref="LocalSignInDisabledException">There are users, and signing in with a password is switched off.</exception>
    /// <exception cref="PublicSignupsDisabledException">There are users, sign-ups are not public, and there is no invitation.</exception>
    /// <exception cref="InviterLacksRoleException">The sender of the invitation no longer holds what it gives.</exception>
    /// <exception cref="EmailTakenException">Another user has the address.</exception>
    /// <exception cref="UsernameTakenException">Another user has the name.</exception>
    /// <exception cref="UsernameIsAddressException">The name looks like an address that is not the user's.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    /// <exception cref="ClaimCodeRequiredException">The first user of a host that strangers reach gave no claim code.</exception>
    /// <exception cref="ClaimCodeInvalidException">The claim code is wrong.</exception>
    /// <exception cref="QuotaExceededException">There were too many sign-ups, or too many wrong tokens from the address.</exception>
    public async Task<(User User, Email Email)> SignUpAsync(Signup signup, Caller caller, CancellationToken cancellationToken)
    {
        var made = await RegisterAsync(signup, caller, options.Value.PublicSignups && local.IsEnabled, cancellationToken)
            ?? throw (local.IsEnabled ? new PublicSignupsDisabledException() : new LocalSignInDisabledException());

        if (!made.IsStored)
        {
            confirmation.Explain(made.Email.Address, caller);
        }
        else if (made.User.Status is UserStatus.Pending)
        {
            confirmation.SendTo(made.User, caller);
        }

        return (made.User, made.Email);
    }

    /// <summary>Makes the first user; returns null and does nothing if there are users.</summary>
    public async Task<User?> RegisterFirstAsync(Signup signup, Caller caller, CancellationToken cancellationToken)
        => (await RegisterAsync(signup, caller, openToEveryone: false, cancellationToken))?.User;

    private async Task<MadeUser?> RegisterAsync(Signup signup, Caller caller, bool openToEveryone, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Checked again under the lock; this check saves a closed platform from hashing passwords for strangers.
        var hasUsers = await db.Users.AnyAsync(cancellationToken);
        var invitation = hasUsers && local.IsEnabled && !string.IsNullOrWhiteSpace(signup.InviteToken)
            ? await invitations.FindAsync(db, signup.InviteToken, [signup.Email], caller, cancellationToken)
            : null;

        if (invitation is not null)
        {
            await cover.RequireAsync(db, invitation, cancellationToken);
        }

        if (hasUsers && !openToEveryone && invitation is null)
        {
            return null;
        }

        if (!hasUsers)
        {
            await claim.RequireAsync(db, signup.ClaimCode, caller, cancellationToken);
        }

        if (hasUsers && invitation is null)
        {
            quotas.ThrowIfRefusedLately(QuotaUses.OfSignUp(caller), caller);
        }

        var email = EmailAddress.Normalize(signup.Email) ?? throw new EmailInvalidException();
        var username = string.IsNullOrWhiteSpace(signup.Username)
            ? email
            : Usernames.Of(Usernames.Normalize(signup.Username), [email]);
        PasswordRefusedException.ThrowIfWeak(signup.Password, email, username, signup.FullName);

        // Counted only when the input is valid, and before the hash, which is the expensive part.
        if (hasUsers && invitation is null)
        {
            await quotas.SpendAsync(QuotaUses.OfSignUp(caller), caller, cancellationToken);
        }

        var passwordHash = passwords.Hash(signup.Password);
        var made = await changes.RunAsync(
            caller,
            hasUsers && invitation is null ? [Locks.Users] : [Locks.Roles, Locks.Users],
            change => StoreAsync(change, signup, email, username, passwordHash, invitation, openToEveryone, cancellationToken),
            cancellationToken);

        if (made is { IsFirst: true })
        {
            claim.Forget();
        }

        return made;
    }

    private async Task<MadeUser?> StoreAsync(
        Change change,
        Signup signup,
        string address,
        string username,
        string passwordHash,
        Invitation? invitation,
        bool openToEveryone,
        CancellationToken cancellationToken)
    {
        var db = change.Db;
        var isFirst = !await db.Users.AnyAsync(cancellationToken);

        if (isFirst)
        {
            await claim.TakeAsync(db, signup.ClaimCode, cancellationToken);
        }

        // Another sign-up may have used the invitation since it was found.
        if (invitation is not null && !await InvitationRedeemer.TakeAsync(db, invitation, cancellationToken))
        {
            invitation = null;
        }

        if (!isFirst && !openToEveryone && invitation is null)
        {
            change.IsAbandoned = true;
            return null;
        }

        var now = clock.GetUtcNow();

        // The first user sets the platform up, and vouches for their own address.
        var isKnown = isFirst || invitation is { VerifiesAddress: true };
        await ForgetUnconfirmedAsync(change, address, invitation is null ? now - UserLinks.ConfirmationLifetime : now, cancellationToken);
        var mustConfirm = !isFirst && invitation is null && confirmation.IsRequired;
        var (user, email) = NewUser.Of(username, address, now);
        user.FullName = signup.FullName;
        user.Status = mustConfirm ? UserStatus.Pending : UserStatus.Active;
        user.PasswordHash = passwordHash;
        email.Verified = isKnown || !confirmation.IsRequired;
        email.Vouched = !isKnown && !confirmation.IsRequired;

        try
        {
            await ThrowIfTakenAsync(db, username, address, cancellationToken);
        }
        catch (DomainException e) when (mustConfirm && e is (EmailTakenException or UsernameTakenException))
        {
            change.IsAbandoned = true;
            return new MadeUser(user, email, IsFirst: false, IsStored: false);
        }

        var binding = isFirst
            ? new RoleBinding { Id = Guid.CreateVersion7(now), Role = RoleNames.SystemAdmin, UserId = user.Id, CreatedAt = now }
            : invitation is null ? null : invitations.BindingFor(invitation, user.Id);
        db.AddRange(user, email);

        if (binding is not null)
        {
            change.AddBinding(binding);
        }

        change.Audit(new AuditedChange("user.create", "user", user.Id, user.Username)
        {
            After = new
            {
                user.Username,
                user.FullName,
                Email = email.Address,
                Status = EnumTexts.Of(user.Status),
                binding?.Role,
                binding?.WorkspaceId,
                InvitationId = invitation?.Id,
            },
        });
        return new MadeUser(user, email, IsFirst: isFirst, IsStored: true);
    }

    /// <summary>
    /// Removes a user who signed up with the address and never confirmed it, so that they do not keep it from an invited person, nor for
    /// longer than a link lives.
    /// </summary>
    private static async Task ForgetUnconfirmedAsync(
        Change change, string email, DateTimeOffset madeBefore, CancellationToken cancellationToken)
    {
        var db = change.Db;

        if (await db.FindUserIdByEmailAsync(email, cancellationToken) is not { } id)
        {
            return;
        }

        // A pending user without a password did not sign up, but was made by another user, who gave them roles.
        var unconfirmed = await db.Users.AsNoTracking().SingleOrDefaultAsync(
            u => u.Id == id && u.Status == UserStatus.Pending && u.PasswordHash != null && u.CreatedAt <= madeBefore, cancellationToken);

        if (unconfirmed is not null
            && await db.Users.Where(u => u.Id == id && u.Status == UserStatus.Pending).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            change.Audit(new AuditedChange("user.delete", "user", id, unconfirmed.Username)
            {
                Before = new
                {
                    unconfirmed.Username,
                    unconfirmed.FullName,
                    Emails = new[] { email },
                    Status = EnumTexts.Of(unconfirmed.Status),
                },
                Reason = "The address was never confirmed.",
            });
        }
    }

    private static async Task ThrowIfTakenAsync(
        ControlPlaneDbContext db, string username, string email, CancellationToken cancellationToken)
    {
        if (await db.FindUserIdAsync(email, cancellationToken) is not null)
        {
            throw new EmailTakenException();
        }

        if (username != email)
        {
            await Usernames.ThrowIfTakenAsync(db, username, owner: null, cancellationToken);
        }
    }

    /// <param name="IsFirst">Whether they claimed the control plane.</param>
    /// <param name="IsStored">Whether the user is stored; false if the address or the name is taken.</param>
    private sealed record MadeUser(User User, Email Email, bool IsFirst, bool IsStored);
}
