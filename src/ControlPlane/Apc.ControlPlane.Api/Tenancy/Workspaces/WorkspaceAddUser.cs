using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>
/// Invites a person to a workspace, user or not: the caller does not learn which addresses are known, and users join only if they accept. Callers who may
/// invite to the platform can add the person at once.
/// </summary>
public sealed class WorkspaceAddUser(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    RoleTable roles,
    InviteUser inviteUser,
    Departures departures,
    IOptions<SignupOptions> signups,
    TimeProvider clock)
{
    private const string Alternative = "workspaceUpsertUserRole";

    private static readonly Permission InviteToPlatform = Permission.Named(Permissions.UserInvite);

    /// <param name="workspace">The workspace.</param>
    /// <param name="email">The person's address.</param>
    /// <param name="member">The roles.</param>
    /// <param name="bypassInvite">Whether the person is added at once. If no user has the address, a pending one is made.</param>
    /// <param name="caller">Who asks.</param>
    /// <returns>The invitation; null if the user was added.</returns>
    /// <exception cref="EmailInvalidException">The text is no address.</exception>
    /// <exception cref="WorkspaceMemberExistsException">The user is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is none of this workspace.</exception>
    /// <exception cref="RoleInvalidException">A role does not fit what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give, or may not bypass the invitation.</exception>
    /// <exception cref="DeploymentRolesNeedUserException">An invitation was asked for, but it cannot give roles on deployments.</exception>
    public async Task<IssuedInvitation?> RunAsync(
        WorkspaceRow workspace, string email, NewMember member, bool bypassInvite, Caller caller, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Normalize(email) ?? throw new EmailInvalidException();
        member.ThrowUnlessGivenBy(caller, roles);

        if (bypassInvite)
        {
            caller.Require(InviteToPlatform);
            await AddAtOnceAsync(address, member, caller, cancellationToken);
            return null;
        }

        if (member.DeploymentRoles.Count > 0)
        {
            throw new DeploymentRolesNeedUserException();
        }

        await ThrowIfMemberAsync(address, workspace.Id, cancellationToken);
        var offer = new InvitationOffer(address)
        {
            Workspace = new InvitedWorkspace(workspace.Id, workspace.Label),
            Role = member.Role.Name,
            ForUsersToo = true,
        };
        return await inviteUser.RunAsync(offer, caller, cancellationToken);
    }

    private async Task ThrowIfMemberAsync(string address, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var userId = await db.FindKnownUserIdByEmailAsync(address, cancellationToken) ?? Guid.Empty;

        if (await db.RoleBindings.AnyAsync(b => b.UserId == userId && b.WorkspaceId == workspaceId, cancellationToken))
        {
            throw new WorkspaceMemberExistsException(Alternative);
        }
    }

    private Task<Guid> AddAtOnceAsync(string address, NewMember member, Caller caller, CancellationToken cancellationToken)
        => RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            var userId = await change.Db.FindKnownUserIdByEmailAsync(address, cancellationToken)
                ?? await MakeUserAsync(change.Change, address, cancellationToken);
            await member.AddAsync(change, RoleHolder.User(userId), Alternative, clock.GetUtcNow(), cancellationToken);
            return userId;
        }, cancellationToken);

    /// <summary>Makes a user who can sign in once the address is confirmed: by a mail, by a System Admin or by a sign-in provider.</summary>
    private async Task<Guid> MakeUserAsync(Change change, string address, CancellationToken cancellationToken)
    {
        await change.Db.LockAsync(Locks.Users, cancellationToken);

        if (await change.Db.FindUserIdAsync(address, cancellationToken) is not null)
        {
            throw new EmailTakenException();
        }

        var now = clock.GetUtcNow();
        var isVouched = signups.Value.VouchesForAddresses();
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            Username = address,
            Status = isVouched ? UserStatus.Active : UserStatus.Pending,
            CreatedAt = now,
            UpdatedAt = now,
        };
        change.Db.Users.Add(user);
        change.Db.Emails.Add(new Email
        {
            Id = Guid.CreateVersion7(now),
            Address = address,
            Primary = true,
            Verified = isVouched,
            Vouched = isVouched,
            UserId = user.Id,
            CreatedAt = now,
            UpdatedAt = now,
        });

        change.Audit(new AuditedChange("user.create", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { user.Username, user.FullName, Email = address, Status = EnumTexts.Of(user.Status) },
        });
        return user.Id;
    }
}
