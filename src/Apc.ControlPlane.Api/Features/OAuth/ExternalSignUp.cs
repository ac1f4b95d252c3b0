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

/// <summary>Makes users of people whose verified address nobody here has: the first of the platform, and those who are let in.</summary>
public sealed class ExternalSignUp(
    InvitationRedeemer redeemer, AuditTrail audit, IOptions<SignupOptions> signups, IOptions<SystemRoleOptions> systemRoles, TimeProvider clock)
{
    /// <summary>Adds a user, who has no password, to the context's transaction, which holds <see cref="AdvisoryLocks.Users"/>.</summary>
    /// <exception cref="PublicSignupsDisabledException">Nobody asked the person in: no setting and no invitation.</exception>
    /// <exception cref="EmailDomainNotAllowedException">Who would be the first System Admin has no address that may be one.</exception>
    public async Task<(User User, AuditLog Row)> CreateAsync(
        ControlPlaneDbContext db, ExternalIdentity identity, string email, AuthProviderOptions provider, Caller caller, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isFirst = !await db.Users.AnyAsync(cancellationToken);
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

        // Somebody else may have taken the address for a user name.
        var isFree = await db.FindUserIdAsync(email, cancellationToken) is null;
        var user = Add(db, isFree ? email : $"{identity.Provider}:{identity.Subject}", email, identity.FullName, now);
        var role = isFirst ? RoleNames.SystemAdmin : null;

        if (isFirst)
        {
            db.RoleBindings.Add(new RoleBinding { Id = Guid.CreateVersion7(now), Role = role, UserId = user.Id, CreatedAt = now });
        }

        // The address is verified, which is more than the token of an invitation says.
        db.Invitations.RemoveRange(invitations);
        db.RoleBindings.AddRange(invitations.DistinctBy(i => (i.Role, i.WorkspaceId)).Select(i => redeemer.BindingFor(i, user.Id)).OfType<RoleBinding>());

        var row = audit.Add(db, caller, new AuditedChange("user.create", "user")
        {
            Operation = "oauth",
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { user.Username, user.FullName, Email = email, Role = role },
        });

        return (user, row);
    }

    private static User Add(ControlPlaneDbContext db, string username, string email, string? fullName, DateTimeOffset now)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
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
