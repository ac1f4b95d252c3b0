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

/// <summary>Makes users of people whose verified address nobody here has: the first of the platform, and those who are let in.</summary>
public sealed class ExternalSignUp(
    InvitationRedeemer redeemer,
    InvitationCover cover,
    FirstUserClaim claim,
    QuotaCounter quotas,
    IOptions<SignupOptions> signups,
    IOptions<SystemRoleOptions> systemRoles,
    TimeProvider clock)
{
    /// <summary>Adds a user, who has no password, to the change, which holds <see cref="Locks.Users"/>.</summary>
    /// <exception cref="PublicSignupsDisabledException">Nobody asked the person in: no setting and no invitation.</exception>
    /// <exception cref="QuotaExceededException">Too many sign up.</exception>
    /// <exception cref="EmailDomainNotAllowedException">Who would be the first System Admin has no address that may be one.</exception>
    public async Task<User> CreateAsync(
        Change change, ExternalIdentity identity, string email, AuthProviderOptions provider, string? claimCode, CancellationToken cancellationToken)
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

        // Somebody else may have taken the address for a user name, when that was allowed. Nobody can have taken the other name.
        var id = Guid.CreateVersion7(now);
        var isFree = await db.FindUserIdAsync(email, cancellationToken) is null;
        var user = Add(db, id, isFree ? email : $"{identity.Provider}:{id}", email, identity.FullName, now);
        var role = isFirst ? RoleNames.SystemAdmin : null;

        if (isFirst)
        {
            db.RoleBindings.Add(new RoleBinding { Id = Guid.CreateVersion7(now), Role = role, UserId = user.Id, CreatedAt = now });
        }

        change.Audit(new AuditedChange("user.create", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { user.Username, user.FullName, Email = email, Role = role },
        });
        Use(change, invitations, user, held: []);
        return user;
    }

    /// <summary>The transaction is committed: a first user has claimed the control plane.</summary>
    public void ForgetClaim() => claim.Forget();

    /// <summary>Gives a user, whose address has just become verified, what the address was invited to.</summary>
    public async Task UseInvitationsAsync(Change change, User user, string email, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var sent = await InvitationsOf(db, email, clock.GetUtcNow()).ToListAsync(cancellationToken);
        var invitations = await cover.CoveredAsync(db, sent, cancellationToken);
        var held = await db.RoleBindings.AsNoTracking().Where(b => b.UserId == user.Id).ToListAsync(cancellationToken);
        Use(change, invitations, user, held);
    }

    // The address is verified, which is more than the token of an invitation says.
    private void Use(Change change, IReadOnlyList<Invitation> invitations, User user, List<RoleBinding> held)
    {
        change.Db.Invitations.RemoveRange(invitations);
        List<RoleBinding> given =
        [
            .. invitations
                .DistinctBy(i => (i.Role, i.WorkspaceId))
                .Select(i => redeemer.BindingFor(i, user.Id))
                .OfType<RoleBinding>()
                .Where(given => !held.Exists(b => (b.Role, b.WorkspaceId, b.DeploymentId, b.ClusterId) == (given.Role, given.WorkspaceId, null, null))),
        ];
        change.Db.RoleBindings.AddRange(given);

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

    private static User Add(ControlPlaneDbContext db, Guid id, string username, string email, string? fullName, DateTimeOffset now)
    {
        var user = new User
        {
            Id = id,
            Username = username,
            FullName = fullName,
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

        return user;
    }
}
