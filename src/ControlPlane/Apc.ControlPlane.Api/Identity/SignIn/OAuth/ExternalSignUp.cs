using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Makes users for people who sign in through a provider with a verified address that no user has.</summary>
public sealed class ExternalSignUp(
    InvitationRedeemer redeemer,
    InvitationCover cover,
    FirstUserClaim claim,
    QuotaCounter quotas,
    IOptions<SignupOptions> signups,
    IOptions<SystemRoleOptions> systemRoles,
    TimeProvider clock)
{
    /// <summary>Adds a user without a password. The change holds <see cref="Locks.Roles"/> and <see cref="Locks.Users"/>.</summary>
    /// <exception cref="PublicSignupsDisabledException">No setting and no invitation lets the person sign up.</exception>
    /// <exception cref="InviterLacksRoleException">The senders of all invitations no longer hold what these give.</exception>
    /// <exception cref="QuotaExceededException">There were too many sign-ups.</exception>
    /// <exception cref="EmailDomainNotAllowedException">The first user has no address of a domain that may hold system roles.</exception>
    public async Task<User> CreateAsync(
        Change change,
        ExternalIdentity identity,
        string email,
        AuthProviderOptions provider,
        string? claimCode,
        CancellationToken cancellationToken)
    {
        var (db, caller) = (change.Db, change.Caller);
        var now = clock.GetUtcNow();
        var isFirst = !await db.Users.AnyAsync(cancellationToken);
        var sent = await InvitationsOf(db, email, now).ToListAsync(cancellationToken);
        var invitations = await cover.CoveredAsync(db, sent, cancellationToken);

        if (!isFirst && invitations.Count == 0 && !signups.Value.PublicSignups && !provider.AllowSignUp)
        {
            throw sent.Count == 0 ? new PublicSignupsDisabledException() : new InviterLacksRoleException();
        }

        if (isFirst && !SystemLevelDomains.Allow(email, systemRoles.Value.AllowedSystemLevelDomains))
        {
            throw new EmailDomainNotAllowedException();
        }

        if (isFirst)
        {
            await claim.RequireAsync(db, claimCode, caller, cancellationToken);
            await claim.TakeAsync(db, claimCode, cancellationToken);
        }

        if (!isFirst && invitations.Count == 0)
        {
            await quotas.SpendAsync(QuotaUses.OfSignUp(caller), caller, cancellationToken);
        }

        var (user, address) = NewUser.Of(email, email, now);
        user.FullName = identity.FullName;
        address.Verified = true;

        // Another user may have the address as user name, from a time when that was allowed. No user can have the other name.
        if (await db.FindUserIdAsync(email, cancellationToken) is not null)
        {
            user.Username = $"{identity.Provider}:{user.Id}";
        }

        db.AddRange(user, address);
        var role = isFirst ? RoleNames.SystemAdmin : null;

        if (isFirst)
        {
            change.AddBinding(new RoleBinding { Id = Guid.CreateVersion7(now), Role = role, UserId = user.Id, CreatedAt = now });
        }

        change.Audit(new AuditedChange("user.create", "user", user.Id, user.Username)
        {
            After = new { user.Username, user.FullName, Email = email, Role = role },
        });
        Use(change, invitations, user, held: []);
        return user;
    }

    /// <summary>Deletes the file with the claim code. Called after the commit.</summary>
    public void ForgetClaim() => claim.Forget();

    /// <summary>Gives a user whose address has just been verified what the invitations of the address give.</summary>
    public async Task UseInvitationsAsync(Change change, User user, string email, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var sent = await InvitationsOf(db, email, clock.GetUtcNow()).ToListAsync(cancellationToken);
        var invitations = await cover.CoveredAsync(db, sent, cancellationToken);
        var held = await db.RoleBindings.AsNoTracking().Where(b => b.UserId == user.Id).ToListAsync(cancellationToken);
        Use(change, invitations, user, held);
    }

    // Without tokens of the invitations: the verified address proves more than a token.
    private void Use(Change change, IReadOnlyList<Invitation> invitations, User user, List<RoleBinding> held)
    {
        change.Db.Invitations.RemoveRange(invitations);
        List<RoleBinding> given =
        [
            .. invitations
                .DistinctBy(i => (i.Role, i.WorkspaceId))
                .Select(i => redeemer.BindingFor(i, user.Id))
                .OfType<RoleBinding>()
                .Where(given => !held.Exists(b
                    => (b.Role, b.WorkspaceId, b.DeploymentId, b.ClusterId) == (given.Role, given.WorkspaceId, null, null))),
        ];
        given.ForEach(change.AddBinding);

        foreach (var invitation in invitations)
        {
            change.Audit(InvitationAudit.Change("invitation.use", invitation) with
            {
                Before = new { invitation.Email, invitation.Role, invitation.WorkspaceId, invitation.InvitedById },
                After = new { UserId = user.Id },
            });
        }

        given.ForEach(binding => change.Audit(RoleBindingAudit.Given(binding, binding.Role)));
    }

    private static IQueryable<Invitation> InvitationsOf(ControlPlaneDbContext db, string email, DateTimeOffset now)
    {
        var key = NameKey.Of(email);
        return db.Invitations.Where(i => i.EmailKey == key && i.ExpiresAt > now);
    }
}
