using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>
/// Checks whether the sender of an invitation may still invite and holds what the invitation gives. Checked again when the invitation is
/// used, because roles may have changed since.
/// </summary>
public sealed class InvitationCover(HeldPermissions permissions, RoleTable roles)
{
    private static readonly Permission OnPlatform = Permission.Named(Permissions.UserInvite);
    private static readonly Permission InWorkspace = Permission.Named(Permissions.InWorkspace.IamUpdate);

    /// <summary>Whether these permissions suffice to send the invitation; false for null.</summary>
    public bool Covers(EffectivePermissions? held, Invitation invitation)
    {
        if (held is null || !IsKnown(invitation))
        {
            return false;
        }

        var mayInvite = invitation.WorkspaceId is { } workspace ? held.HoldsInWorkspace(workspace, InWorkspace) : held.Holds(OnPlatform);
        return mayInvite && (invitation.Role is not { } name || held.Covers(new RoleGrant(roles[name], invitation.WorkspaceId)));
    }

    /// <summary>The invitations whose senders still cover them. Those without a sender are from the control plane.</summary>
    public async Task<IReadOnlyList<Invitation>> CoveredAsync(
        ControlPlaneDbContext db, IReadOnlyList<Invitation> invitations, CancellationToken cancellationToken)
    {
        if (invitations.Count == 0)
        {
            return [];
        }

        var users = await permissions.OfUsersAsync(
            db, [.. invitations.Select(i => i.InvitedById).OfType<Guid>().Distinct()], cancellationToken);
        var accounts = await permissions.OfServiceAccountsAsync(
            db, [.. invitations.Select(i => i.InvitedByServiceAccountId).OfType<Guid>().Distinct()], cancellationToken);
        return
        [
            .. invitations.Where(i => i switch
            {
                { InvitedById: { } user } => Covers(users.GetValueOrDefault(user), i),
                { InvitedByServiceAccountId: { } account } => Covers(accounts.GetValueOrDefault(account), i),
                _ => IsKnown(i),
            }),
        ];
    }

    /// <exception cref="InviterLacksRoleException">The sender no longer covers the invitation.</exception>
    public async Task RequireAsync(ControlPlaneDbContext db, Invitation invitation, CancellationToken cancellationToken)
    {
        if (await CoveredAsync(db, [invitation], cancellationToken) is [])
        {
            throw new InviterLacksRoleException();
        }
    }

    // A role that this version does not know cannot be given.
    private bool IsKnown(Invitation invitation) => invitation.Role is null || roles.Find(invitation.Role) is not null;
}

/// <summary>Rows of the audit trail about invitations.</summary>
internal static class InvitationAudit
{
    public static AuditedChange Change(string action, Invitation invitation)
        => new(action, "invitation", invitation.Id, invitation.Email);

    /// <summary>The invitation is withdrawn because its sender lost what it gives.</summary>
    public static AuditedChange Withdrawn(Invitation invitation) => Change("invitation.delete", invitation) with
    {
        Before = Shown(invitation),
        Reason = "Who sent it no longer holds what it gives.",
    };

    public static object Shown(Invitation i) => new { i.Email, i.Role, i.WorkspaceId, i.Mailed, i.ExpiresAt };
}
