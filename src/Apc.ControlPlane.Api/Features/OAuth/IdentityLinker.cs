using Apc.ControlPlane.Api.Features.Invitations;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>Decides who somebody is here, for whom a provider vouches: by identity, else by verified address, else a new user where that is allowed.</summary>
public sealed class IdentityLinker(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    TokenVerifier tokens,
    AuditTrail audit,
    IOptions<AuthOptions> auth,
    InvitationRedeemer redeemer,
    IOptions<SignupOptions> signups,
    IOptions<SystemRoleOptions> systemRoles,
    TimeProvider clock)
{
    /// <summary>The user who the person is.</summary>
    /// <exception cref="EmailDomainNotAllowedException">The provider's people are let in from other domains only.</exception>
    /// <exception cref="EmailNotVerifiedException">The person is new here, and nobody vouches for their address.</exception>
    /// <exception cref="PublicSignupsDisabledException">The person is new here, and nobody asked them in.</exception>
    /// <exception cref="UserNotActiveException">The person may not sign in.</exception>
    public async Task<User> AdmitAsync(ExternalIdentity identity, Caller caller, CancellationToken cancellationToken)
    {
        var provider = auth.Value.Providers[identity.Provider];
        ThrowIfOutside(provider.AllowedDomains, identity);

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Who is known needs no lock; who is not is asked for again under it, because two windows may come back at once.
        return await FindAsync(db, identity, cancellationToken) is { } known
            ? await AdmitKnownAsync(db, known, cancellationToken)
            : await LinkAsync(db, identity, provider, caller, cancellationToken);
    }

    private async Task<User> AdmitKnownAsync(ControlPlaneDbContext db, UserIdentity identity, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleAsync(u => u.Id == identity.UserId, cancellationToken);
        ThrowIfInactive(user);
        identity.LastUsedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(cancellationToken);
        return user;
    }

    private async Task<User> LinkAsync(
        ControlPlaneDbContext db, ExternalIdentity identity, AuthProviderOptions provider, Caller caller, CancellationToken cancellationToken)
    {
        if (identity is not { Email: { } email, IsEmailVerified: true })
        {
            throw new EmailNotVerifiedException();
        }

        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Users, cancellationToken);

        if (await FindAsync(db, identity, cancellationToken) is { } known)
        {
            return await AdmitKnownAsync(db, known, cancellationToken);
        }

        var address = await db.Emails
            .FromSql($"""select * from houston$default."Email" where lower(address) = lower({email})""")
            .SingleOrDefaultAsync(cancellationToken);
        var rows = new List<AuditLog>();
        var user = address is null
            ? await CreateAsync(db, identity, email, provider, caller, rows, cancellationToken)
            : await AdoptAsync(db, address, cancellationToken);

        var now = clock.GetUtcNow();
        db.UserIdentities.Add(new UserIdentity
        {
            Provider = identity.Provider,
            Subject = identity.Subject,
            UserId = user.Id,
            CreatedAt = now,
            LastUsedAt = now,
        });
        rows.Add(audit.Add(db, caller, new AuditedChange("user.link", "user")
        {
            Operation = "oauth",
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { identity.Provider, identity.Subject },
        }));

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        rows.ForEach(audit.Announce);

        // Sessions that adopting the user has ended.
        tokens.ForgetAll();
        return user;
    }

    /// <summary>The user who has the address. What a stranger may have prepared there who never proved to read it, ends.</summary>
    /// <remarks>
    /// Otherwise somebody could sign up with another's address, wait until its owner comes through a provider, and share their user from then on.
    /// The same holds where no address is ever confirmed: nobody knows whose password that is, while the provider knows whose address it is.
    /// </remarks>
    private async Task<User> AdoptAsync(ControlPlaneDbContext db, Email address, CancellationToken cancellationToken)
    {
        var user = await db.Users.SingleAsync(u => u.Id == address.UserId, cancellationToken);

        if (address.Verified)
        {
            ThrowIfInactive(user);
            return user;
        }

        var now = clock.GetUtcNow();
        (address.Verified, address.UpdatedAt) = (true, now);
        (user.PasswordHash, user.Status, user.UpdatedAt) = (null, UserStatus.Active, now);
        await db.UserTokens.Where(t => t.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.SignInCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.UserLinks.Where(l => l.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.UserIdentities.Where(i => i.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        return user;
    }

    private async Task<User> CreateAsync(
        ControlPlaneDbContext db,
        ExternalIdentity identity,
        string email,
        AuthProviderOptions provider,
        Caller caller,
        List<AuditLog> rows,
        CancellationToken cancellationToken)
    {
        var isFirst = !await db.Users.AnyAsync(cancellationToken);

        var now = clock.GetUtcNow();
        var invitations = await db.Invitations
            .FromSql($"""select * from houston$default."Invitation" where lower(email) = lower({email}) and "expiresAt" > {now}""")
            .ToListAsync(cancellationToken);

        if (!isFirst && invitations.Count == 0 && !signups.Value.PublicSignups && !provider.AllowSignUp)
        {
            throw new PublicSignupsDisabledException();
        }

        if (isFirst && !SystemLevelDomains.Allow(email, systemRoles.Value.AllowedSystemLevelDomains))
        {
            throw new EmailDomainNotAllowedException();
        }

        var user = new User
        {
            Id = Guid.CreateVersion7(now),

            // Somebody else may have taken the address for a user name.
            Username = await db.FindUserIdAsync(email, cancellationToken) is null ? email : $"{identity.Provider}:{identity.Subject}",
            FullName = identity.FullName,
            Status = UserStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };

        db.Users.Add(user);
        db.Emails.Add(new Email
        {
            Id = Guid.CreateVersion7(now),
            Address = email,
            Primary = true,
            Verified = true,
            UserId = user.Id,
            CreatedAt = now,
            UpdatedAt = now,
        });

        if (isFirst)
        {
            db.RoleBindings.Add(new RoleBinding { Id = Guid.CreateVersion7(now), Role = SystemAdmin, UserId = user.Id, CreatedAt = now });
        }

        // The address is verified, which is more than having the invitation's token says.
        db.Invitations.RemoveRange(invitations);
        db.RoleBindings.AddRange(invitations
            .DistinctBy(i => (i.Role, i.WorkspaceId))
            .Select(i => redeemer.BindingFor(i, user.Id))
            .OfType<RoleBinding>()
            .Where(b => !isFirst || b.Role != SystemAdmin));

        rows.Add(audit.Add(db, caller, new AuditedChange("user.create", "user")
        {
            Operation = "oauth",
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { user.Username, user.FullName, Email = email, Role = isFirst ? SystemAdmin : null },
        }));

        return user;
    }

    private static string SystemAdmin => Roles.Of(Role.SystemAdmin).Name;

    private static Task<UserIdentity?> FindAsync(ControlPlaneDbContext db, ExternalIdentity identity, CancellationToken cancellationToken)
        => db.UserIdentities.SingleOrDefaultAsync(i => i.Provider == identity.Provider && i.Subject == identity.Subject, cancellationToken);

    private static void ThrowIfInactive(User user)
    {
        if (user.Status is not UserStatus.Active)
        {
            throw new UserNotActiveException();
        }
    }

    private static void ThrowIfOutside(IReadOnlyList<string> domains, ExternalIdentity identity)
    {
        if (domains.Count == 0)
        {
            return;
        }

        if (identity is not { Email: { } email, IsEmailVerified: true })
        {
            throw new EmailNotVerifiedException();
        }

        if (!domains.Contains(email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..], StringComparer.OrdinalIgnoreCase))
        {
            throw new EmailDomainNotAllowedException();
        }
    }
}
