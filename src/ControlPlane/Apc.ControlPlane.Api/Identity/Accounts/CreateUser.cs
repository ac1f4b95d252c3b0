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

/// <summary>Makes users: the first becomes System Admin, later ones are invited, or hold no role and need public sign-ups.</summary>
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
    /// <summary>Makes the first user, one who was invited, or a plain one where the platform is open to everyone. The latter may have to confirm the address, and is sent a mail.</summary>
    /// <exception cref="LocalSignInDisabledException">There are users, and they have no passwords here.</exception>
    /// <exception cref="PublicSignupsDisabledException">There are users, the platform is not open, and there is no invitation for this address with this token.</exception>
    /// <exception cref="InviterLacksRoleException">Who sent the invitation may not give any more what it gives.</exception>
    /// <exception cref="EmailTakenException">Another user has the address.</exception>
    /// <exception cref="UsernameTakenException">Another user has the name.</exception>
    /// <exception cref="UsernameIsAddressException">The name looks like another address than the user's own.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    /// <exception cref="ClaimCodeRequiredException">There are no users, and strangers reach the host: the first user has to show the claim code.</exception>
    /// <exception cref="ClaimCodeInvalidException">The claim code is wrong.</exception>
    /// <exception cref="QuotaExceededException">Too many sign up, or too many tokens of invitations from the caller's network address were wrong.</exception>
    public async Task<User> RegisterAsync(Signup signup, Caller caller, CancellationToken cancellationToken)
        => (await SignUpAsync(signup, caller, cancellationToken)).User;

    /// <summary>
    /// The same with the address. Of somebody who has to confirm it nobody but its reader learns whether it, or the user name, was taken: then the answer is that of
    /// a user who was not stored, and the mail explains it.
    /// </summary>
    /// <inheritdoc cref="RegisterAsync(Signup, Caller, CancellationToken)" path="/exception"/>
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

    /// <summary>Makes the first user. Does nothing and returns null if there are users.</summary>
    public async Task<User?> RegisterFirstAsync(Signup signup, Caller caller, CancellationToken cancellationToken)
        => (await RegisterAsync(signup, caller, openToEveryone: false, cancellationToken))?.User;

    private async Task<MadeUser?> RegisterAsync(Signup signup, Caller caller, bool openToEveryone, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Asked again below, under the lock: this one spares a closed platform the work of hashing for strangers.
        var hasUsers = await db.Users.AnyAsync(cancellationToken);
        var invitation = hasUsers && local.IsEnabled && !string.IsNullOrWhiteSpace(signup.InviteToken)
            ? await invitations.FindAsync(db, signup.InviteToken, signup.Email, caller, cancellationToken)
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
        var username = string.IsNullOrWhiteSpace(signup.Username) ? email : Usernames.Of(Usernames.Normalize(signup.Username), [email]);
        PasswordRefusedException.ThrowIfWeak(signup.Password, email, username, signup.FullName);

        // Counted when all else is right, and before the hash, which is what a flood would cost.
        if (hasUsers && invitation is null)
        {
            await quotas.SpendAsync(QuotaUses.OfSignUp(caller), caller, cancellationToken);
        }

        var passwordHash = passwords.Hash(signup.Password);

        var made = await changes.RunAsync(
            caller,
            [Locks.Users],
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
        string email,
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

        // Of two with one token the second finds it used.
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

        // Whoever sets the platform up vouches for their own address.
        var isKnown = isFirst || invitation is { VerifiesAddress: true };
        await ForgetUnconfirmedAsync(change, email, invitation is null ? now - UserLinks.ConfirmationLifetime : now, cancellationToken);
        var mustConfirm = !isFirst && invitation is null && confirmation.IsRequired;
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            Username = username,
            FullName = signup.FullName,
            Status = mustConfirm ? UserStatus.Pending : UserStatus.Active,
            PasswordHash = passwordHash,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var address = new Email
        {
            Id = Guid.CreateVersion7(now),
            Address = email,
            Primary = true,
            Verified = isKnown || !confirmation.IsRequired,
            Vouched = !isKnown && !confirmation.IsRequired,
            UserId = user.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };

        try
        {
            await ThrowIfTakenAsync(db, username, email, cancellationToken);
        }
        catch (DomainException e) when (mustConfirm && e is (EmailTakenException or UsernameTakenException))
        {
            change.IsAbandoned = true;
            return new MadeUser(user, address, IsFirst: false, IsStored: false);
        }

        var binding = isFirst ? SystemAdmin(user) : invitation is null ? null : invitations.BindingFor(invitation, user.Id);

        db.Users.Add(user);
        db.Emails.Add(address);

        if (binding is not null)
        {
            db.RoleBindings.Add(binding);
        }

        change.Audit(Registered(user, email, binding, invitation));
        return new MadeUser(user, address, IsFirst: isFirst, IsStored: true);
    }

    /// <summary>Whoever signed up with an address and never confirmed it keeps it neither from those who are invited there, nor for longer than a link lives.</summary>
    private static async Task ForgetUnconfirmedAsync(Change change, string email, DateTimeOffset madeBefore, CancellationToken cancellationToken)
    {
        var db = change.Db;

        if (await db.FindUserIdByEmailAsync(email, cancellationToken) is not { } id)
        {
            return;
        }

        // Who has no password did not sign up, but was made by somebody else, who gave them roles.
        var unconfirmed = await db.Users.AsNoTracking().SingleOrDefaultAsync(
            u => u.Id == id && u.Status == UserStatus.Pending && u.PasswordHash != null && u.CreatedAt <= madeBefore, cancellationToken);

        if (unconfirmed is not null && await db.Users.Where(u => u.Id == id && u.Status == UserStatus.Pending).ExecuteDeleteAsync(cancellationToken) > 0)
        {
            change.Audit(new AuditedChange("user.delete", "user")
            {
                EntityId = id,
                EntityName = unconfirmed.Username,
                Before = new { unconfirmed.Username, unconfirmed.FullName, Emails = new[] { email }, Status = EnumTexts.Of(unconfirmed.Status) },
                Reason = "The address was never confirmed.",
            });
        }
    }

    private RoleBinding SystemAdmin(User user)
    {
        var now = clock.GetUtcNow();
        return new RoleBinding { Id = Guid.CreateVersion7(now), Role = RoleNames.SystemAdmin, UserId = user.Id, CreatedAt = now };
    }

    private static AuditedChange Registered(User user, string email, RoleBinding? binding, Invitation? invitation)
        => new("user.create", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new
            {
                user.Username,
                user.FullName,
                Email = email,
                Status = EnumTexts.Of(user.Status),
                binding?.Role,
                binding?.WorkspaceId,
                InvitationId = invitation?.Id,
            },
        };

    private static async Task ThrowIfTakenAsync(ControlPlaneDbContext db, string username, string email, CancellationToken cancellationToken)
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

    /// <param name="User">The user.</param>
    /// <param name="Email">Their address.</param>
    /// <param name="IsFirst">Whether they claimed the control plane.</param>
    /// <param name="IsStored">Whether there is such a user from now on.</param>
    private sealed record MadeUser(User User, Email Email, bool IsFirst, bool IsStored);
}
