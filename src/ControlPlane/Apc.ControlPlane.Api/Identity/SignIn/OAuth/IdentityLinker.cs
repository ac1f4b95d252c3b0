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

/// <summary>Decides who somebody is here, for whom a provider vouches: by identity, else by verified address, else a new user where that is allowed.</summary>
public sealed class IdentityLinker(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    ExternalSignUp signUp,
    TeamMemberships teams,
    IOptions<AuthOptions> auth,
    TimeProvider clock)
{
    /// <summary>The user who the person is.</summary>
    /// <exception cref="EmailDomainNotAllowedException">The provider's people are let in from other domains only.</exception>
    /// <exception cref="ProviderEmailUnverifiedException">The person is new here, and nobody vouches for their address.</exception>
    /// <exception cref="PublicSignupsDisabledException">The person is new here, and nobody asked them in.</exception>
    /// <exception cref="UserNotActiveException">The person may not sign in.</exception>
    /// <exception cref="ClaimCodeRequiredException">The person would be the first user, and strangers reach the host.</exception>
    /// <exception cref="ClaimCodeInvalidException">The claim code is wrong.</exception>
    public async Task<User> AdmitAsync(ExternalIdentity identity, string? claimCode, Caller caller, CancellationToken cancellationToken)
    {
        var provider = auth.Value.Providers[identity.Provider];
        ThrowIfOutside(provider.AllowedDomains, identity);

        // Who is known waits for nobody; who is not is asked for again under the lock, because two windows may come back at once.
        var user = await changes.RunAsync(caller, await IsKnownAsync(identity, cancellationToken) ? [] : [Locks.Users], async change =>
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
        change.Db.UserIdentities.Add(new UserIdentity { Provider = identity.Provider, Subject = identity.Subject, UserId = user.Id, CreatedAt = now, LastUsedAt = now });
        change.Audit(new AuditedChange("user.link", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { identity.Provider, identity.Subject },
        });
        return user;
    }

    /// <summary>The user who has the address. What a stranger may have prepared there who never proved to read it, ends.</summary>
    /// <remarks>
    /// Otherwise somebody could sign up with another's address, wait until its owner comes through a provider, and share their user from then on.
    /// The same holds for an address that counts as verified only because the operator vouches for all: nobody knows whose password that is, while the
    /// provider knows whose address it is.
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
        var unlinked = await db.UserIdentities.Where(i => i.UserId == user.Id).Select(i => new { i.Provider, i.Subject }).ToListAsync(cancellationToken);
        change.Audit(new AuditedChange("user.adopt", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
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

    // Nobody changes the password, or confirms the address, at the same moment.
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
