using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Finds the user for a person who signed in at a provider: by identity, by verified address, or as a new user.</summary>
public sealed class IdentityLinker(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    ExternalSignUp signUp,
    TeamMemberships teams,
    IOptions<AuthOptions> auth,
    TimeProvider clock)
{
    /// <summary>Returns the user, and brings their teams in line with their groups.</summary>
    /// <exception cref="EmailDomainNotAllowedException">The address is in none of the provider's allowed domains.</exception>
    /// <exception cref="ProviderEmailUnverifiedException">The identity is unknown, and the address is not verified.</exception>
    /// <exception cref="PublicSignupsDisabledException">The person is no user, and may not sign up.</exception>
    /// <exception cref="UserNotActiveException">The user may not sign in.</exception>
    /// <exception cref="ClaimCodeRequiredException">The first user of a host that strangers reach gave no claim code.</exception>
    /// <exception cref="ClaimCodeInvalidException">The claim code is wrong.</exception>
    public async Task<User> AdmitAsync(ExternalIdentity identity, string? claimCode, Caller caller, CancellationToken cancellationToken)
    {
        var provider = auth.Value.Providers[identity.Provider];
        ThrowIfOutside(provider.AllowedDomains, identity);

        // A known identity needs no lock. An unknown one is looked up again under the lock, because two windows may come back at once.
        NamedLock[] locks = await IsKnownAsync(identity, cancellationToken) ? [] : [Locks.Roles, Locks.Users];
        var user = await changes.RunAsync(caller, locks, async change =>
        {
            var known = await FindAsync(change.Db, identity, cancellationToken);
            var admitted = known is null
                ? await LinkAsync(change, identity, provider, claimCode, cancellationToken)
                : await AdmitKnownAsync(change.Db, known, cancellationToken);
            change.AffectsCallers = change.HasRows;
            return admitted;
        }, cancellationToken);
        signUp.ForgetClaim();
        await teams.AlignAsync(user, identity, provider, caller, cancellationToken);
        return user;
    }

    private async Task<bool> IsKnownAsync(ExternalIdentity identity, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await FindAsync(db, identity, cancellationToken) is not null;
    }

    private async Task<User> AdmitKnownAsync(ControlPlaneDbContext db, UserIdentity identity, CancellationToken cancellationToken)
    {
        var user = await LockAsync(db, identity.UserId, cancellationToken);
        ThrowIfInactive(user);
        identity.LastUsedAt = clock.GetUtcNow();
        return user;
    }

    private async Task<User> LinkAsync(
        Change change, ExternalIdentity identity, AuthProviderOptions provider, string? claimCode, CancellationToken cancellationToken)
    {
        if (identity is not { Email: { } email, IsEmailVerified: true })
        {
            throw new ProviderEmailUnverifiedException();
        }

        var key = NameKey.Of(email);
        var user = await change.Db.Emails.SingleOrDefaultAsync(e => e.AddressKey == key, cancellationToken) is { } address
            ? await AdoptAsync(change, address, cancellationToken)
            : await signUp.CreateAsync(change, identity, email, provider, claimCode, cancellationToken);
        var now = clock.GetUtcNow();
        change.Db.UserIdentities.Add(new UserIdentity
        {
            Provider = identity.Provider,
            Subject = identity.Subject,
            UserId = user.Id,
            CreatedAt = now,
            LastUsedAt = now,
        });
        change.Audit(new AuditedChange("user.link", "user", user.Id, user.Username)
        {
            After = new { identity.Provider, identity.Subject },
        });
        return user;
    }

    /// <summary>The user with the address. If it was not verified, the user loses password, sessions, links and identities.</summary>
    /// <remarks>
    /// Otherwise a stranger could sign up with the address of another person, wait until that person signs in through a provider, and share
    /// the user with them. The same holds for an address that counts as verified only because the operator vouches for all addresses: it is
    /// not known whose password it is, while the provider knows whose address it is.
    /// </remarks>
    private async Task<User> AdoptAsync(Change change, Email address, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var user = await LockAsync(db, address.UserId, cancellationToken);

        if (address is { Verified: true, Vouched: false })
        {
            ThrowIfInactive(user);
            return user;
        }

        var now = clock.GetUtcNow();
        var unlinked = await db.UserIdentities
            .Where(i => i.UserId == user.Id)
            .Select(i => new { i.Provider, i.Subject })
            .ToListAsync(cancellationToken);
        change.Audit(new AuditedChange("user.adopt", "user", user.Id, user.Username)
        {
            Before = new { Status = EnumTexts.Of(user.Status), HasPassword = user.PasswordHash is not null, Identities = unlinked },
            After = new { Status = EnumTexts.Of(UserStatus.Active), HasPassword = false, Email = address.Address, Verified = true },
        });
        (address.Verified, address.Vouched, address.UpdatedAt) = (true, false, now);
        (user.PasswordHash, user.Status, user.UpdatedAt) = (null, UserStatus.Active, now);
        await db.UserTokens.Where(t => t.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.UserLinks.Where(l => l.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.SignInCodes.Where(c => c.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await db.UserIdentities.Where(i => i.UserId == user.Id).ExecuteDeleteAsync(cancellationToken);
        await signUp.UseInvitationsAsync(change, user, address.Address, cancellationToken);
        return user;
    }

    private static Task<UserIdentity?> FindAsync(ControlPlaneDbContext db, ExternalIdentity identity, CancellationToken cancellationToken)
        => db.UserIdentities.SingleOrDefaultAsync(i => i.Provider == identity.Provider && i.Subject == identity.Subject, cancellationToken);

    // Locked, so that the password is not changed, nor the address confirmed, at the same moment.
    private static async Task<User> LockAsync(ControlPlaneDbContext db, Guid userId, CancellationToken cancellationToken)
        => await db.UserForUpdate(userId).SingleOrDefaultAsync(cancellationToken) ?? throw new UserNotActiveException();

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
            throw new ProviderEmailUnverifiedException();
        }

        if (!SystemLevelDomains.Allow(email, domains))
        {
            throw new EmailDomainNotAllowedException();
        }
    }
}
