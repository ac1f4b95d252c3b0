using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Api.Identity.ServiceAccounts;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Adds users and teams to workspaces.</summary>
public sealed class WorkspaceMembers(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    RoleTable roles,
    InviteUser inviteUser,
    Departures departures,
    IOptions<SignupOptions> signups,
    TimeProvider clock)
{
    private const string AddUser = "workspaceAddUser";

    private static readonly Permission InviteToPlatform = Permission.Named(Permissions.UserInvite);

    /// <summary>
    /// Invites the person with this address, whether they are a user or not: nobody learns here which addresses are known, and nobody comes into a workspace
    /// without wanting to. Or adds them at once, for callers who may.
    /// </summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="email">The address.</param>
    /// <param name="member">The roles.</param>
    /// <param name="bypassInvite">Whether the person is added at once; where nobody has the address a pending user is made, who can sign in once it is confirmed.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The invitation; null where the user was added.</returns>
    /// <exception cref="EmailInvalidException">The address is none.</exception>
    /// <exception cref="WorkspaceMemberExistsException">The user is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is none of this workspace.</exception>
    /// <exception cref="RoleInvalidException">A role is not for what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give, or may not add people at once.</exception>
    /// <exception cref="DeploymentRolesNeedUserException">Somebody would be invited who is to have roles on deployments.</exception>
    public async Task<IssuedInvitation?> AddUserAsync(
        WorkspaceRow workspace, string email, NewMember member, bool bypassInvite, Caller caller, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Normalize(email) ?? throw new EmailInvalidException();
        ThrowUnlessMayGive(member, caller);

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
        return await inviteUser.RunAsync(offer, AddUser, caller, cancellationToken);
    }

    /// <summary>Adds a team.</summary>
    /// <inheritdoc cref="AddUserAsync" path="/exception"/>
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    public async Task AddTeamAsync(Guid teamId, NewMember member, Caller caller, CancellationToken cancellationToken)
    {
        ThrowUnlessMayGive(member, caller);
        await RunAsync(caller, change => GiveAsync(change, RoleHolder.Team(teamId), member, "workspaceUpdateTeamRole", cancellationToken), cancellationToken);
    }

    /// <summary>The user with this address, if those who manage the workspace see them there anyway: a role in it or on its deployments, or through a team.</summary>
    public async Task<Guid?> FindMemberAsync(string email, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FindKnownUserIdByEmailAsync(email, cancellationToken) is { } id && await db.IsMemberAsync(id, workspaceId, cancellationToken) ? id : null;
    }

    private async Task ThrowIfMemberAsync(string address, Guid workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var userId = await db.FindKnownUserIdByEmailAsync(address, cancellationToken) ?? Guid.Empty;

        if (await db.RoleBindings.AnyAsync(b => b.UserId == userId && b.WorkspaceId == workspaceId, cancellationToken))
        {
            throw new WorkspaceMemberExistsException("workspaceUpsertUserRole");
        }
    }

    private Task AddAtOnceAsync(string address, NewMember member, Caller caller, CancellationToken cancellationToken)
        => RunAsync(caller, async change =>
        {
            var userId = await change.Db.FindKnownUserIdByEmailAsync(address, cancellationToken)
                ?? await MakeUserAsync(change.Change, address, cancellationToken);
            await GiveAsync(change, RoleHolder.User(userId), member, "workspaceUpsertUserRole", cancellationToken);
        }, cancellationToken);

    private void ThrowUnlessMayGive(NewMember member, Caller caller)
    {
        foreach (var grant in member.Grants)
        {
            RoleInvalidException.ThrowUnlessBindable(grant, roles);
            caller.RequireCovers(grant);
        }
    }

    private async Task RunAsync(Caller caller, Func<RoleChange, Task> work, CancellationToken cancellationToken)
        => await RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            await work(change);
            return true;
        }, cancellationToken);

    private async Task GiveAsync(
        RoleChange change, RoleHolder holder, NewMember member, string operationToChange, CancellationToken cancellationToken)
    {
        if (await change.HeldBy(holder).AnyAsync(b => b.WorkspaceId == member.WorkspaceId, cancellationToken))
        {
            throw new WorkspaceMemberExistsException(operationToChange);
        }

        await ThrowUnlessInWorkspaceAsync(change.Db, member, cancellationToken);
        var now = clock.GetUtcNow();

        foreach (var grant in member.Grants)
        {
            if (await change.FindAsync(holder, grant, cancellationToken) is null)
            {
                change.Give(holder, grant, now);
            }
        }
    }

    private static async Task ThrowUnlessInWorkspaceAsync(ControlPlaneDbContext db, NewMember member, CancellationToken cancellationToken)
    {
        var wanted = member.DeploymentRoles.Select(g => g.DeploymentId!.Value).Distinct().ToArray();

        if (wanted.Length > 0
            && await db.Deployments.CountAsync(
                d => wanted.Contains(d.Id) && d.WorkspaceId == member.WorkspaceId && d.DeletedAt == null, cancellationToken) < wanted.Length)
        {
            throw new DeploymentNotFoundException();
        }
    }

    /// <summary>Makes somebody who cannot sign in before the address is confirmed: by a mail, by a System Admin, or by a sign-in provider that vouches for it.</summary>
    private async Task<Guid> MakeUserAsync(Change change, string address, CancellationToken cancellationToken)
    {
        // In turn with sign-ups.
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
