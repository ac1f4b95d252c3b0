using Apc.ControlPlane.Api.Features.Deployments;
using Apc.ControlPlane.Api.Features.Invitations;
using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>Adds users and teams to workspaces.</summary>
public sealed class WorkspaceMembers(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    RoleTable roles,
    InvitationIssuer invitations,
    TokenVerifier verifier,
    AuditTrail audit,
    IOptions<SignupOptions> signups,
    TimeProvider clock)
{
    private static readonly Permission InviteToPlatform = Permission.Named(Permissions.UserInvite);

    /// <summary>Adds a user by address. Somebody who is no user yet is invited, or becomes a pending user where the caller wants no invitation.</summary>
    /// <param name="workspace">The workspace.</param>
    /// <param name="email">The address.</param>
    /// <param name="member">The roles.</param>
    /// <param name="bypassInvite">Whether a pending user is made instead of an invitation, who can sign in once the address is confirmed.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The invitation; null where the user was added.</returns>
    /// <exception cref="EmailInvalidException">The address is none.</exception>
    /// <exception cref="WorkspaceMemberExistsException">The user is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is none of this workspace.</exception>
    /// <exception cref="RoleInvalidException">A role is not for what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give, or may not make users.</exception>
    /// <exception cref="DeploymentRolesNeedUserException">Somebody would be invited who is to have roles on deployments.</exception>
    public async Task<IssuedInvitation?> AddUserAsync(
        WorkspaceRow workspace, string email, NewMember member, bool bypassInvite, Caller caller, CancellationToken cancellationToken)
    {
        var address = EmailAddress.Normalize(email) ?? throw new EmailInvalidException();
        ThrowUnlessMayGive(member, caller);

        if (await TryAddUserAsync(address, member, bypassInvite, caller, cancellationToken))
        {
            return null;
        }

        if (member.DeploymentRoles.Count > 0)
        {
            throw new DeploymentRolesNeedUserException();
        }

        var offer = new InvitationOffer(address) { Workspace = new InvitedWorkspace(workspace.Id, workspace.Label), Role = member.Role.Name };
        return await invitations.InviteAsync(offer, "workspaceAddUser", caller, cancellationToken);
    }

    /// <summary>Adds a team.</summary>
    /// <inheritdoc cref="AddUserAsync" path="/exception"/>
    /// <exception cref="Teams.TeamNotFoundException">There is no such team.</exception>
    public async Task AddTeamAsync(Guid teamId, NewMember member, Caller caller, CancellationToken cancellationToken)
    {
        ThrowUnlessMayGive(member, caller);
        await using var change = await BeginAsync("workspaceAddTeam", caller, cancellationToken);
        await GiveAsync(change, RoleHolder.Team(teamId), member, "workspaceUpdateTeamRole", cancellationToken);
        await change.CommitAsync(cancellationToken);
        verifier.ForgetAll();
    }

    /// <summary>False where nobody has the address and nobody is to be made.</summary>
    private async Task<bool> TryAddUserAsync(
        string address, NewMember member, bool bypassInvite, Caller caller, CancellationToken cancellationToken)
    {
        await using var change = await BeginAsync("workspaceAddUser", caller, cancellationToken);
        var userId = await change.Db.FindKnownUserIdByEmailAsync(address, cancellationToken);

        if (userId is null && !bypassInvite)
        {
            return false;
        }

        var made = userId is null ? await MakeUserAsync(change.Db, address, caller, cancellationToken) : null;
        await GiveAsync(change, RoleHolder.User(userId ?? made!.User.Id), member, "workspaceUpsertUserRole", cancellationToken);
        await change.CommitAsync(cancellationToken);
        verifier.ForgetAll();

        if (made is not null)
        {
            audit.Announce(made.Row);
        }

        return true;
    }

    private void ThrowUnlessMayGive(NewMember member, Caller caller)
    {
        foreach (var grant in member.Grants)
        {
            RoleInvalidException.ThrowUnlessBindable(grant, roles);
            caller.RequireCovers(grant);
        }
    }

    private async Task<RoleChange> BeginAsync(string operation, Caller caller, CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);

        try
        {
            return new RoleChange(db, await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken), audit, operation, caller);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

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
    private async Task<MadeUser> MakeUserAsync(ControlPlaneDbContext db, string address, Caller caller, CancellationToken cancellationToken)
    {
        caller.Require(InviteToPlatform);

        // In turn with sign-ups.
        await db.LockAsync(AdvisoryLocks.Users, cancellationToken);

        if (await db.FindUserIdAsync(address, cancellationToken) is not null)
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
        db.Users.Add(user);
        db.Emails.Add(new Email
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

        return new MadeUser(user, audit.Add(db, caller, new AuditedChange("user.create", "user")
        {
            Operation = "workspaceAddUser",
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { user.Username, user.FullName, Email = address, Status = EnumTexts.Of(user.Status) },
        }));
    }

    private sealed record MadeUser(User User, Domain.Audits.AuditLog Row);
}
