using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Whether who invited may still invite, and holds what the invitation gives. Asked again when it is used: roles may have changed since.</summary>
public sealed class InvitationCover(HeldPermissions permissions, RoleTable roles)
{
    private static readonly Permission OnPlatform = Permission.Named(Permissions.UserInvite);
    private static readonly Permission InWorkspace = Permission.Named(Permissions.InWorkspace.IamUpdate);

    /// <summary>Whether somebody with these permissions could send the invitation; null for nobody.</summary>
    public bool Covers(EffectivePermissions? held, Invitation invitation)
    {
        if (held is null || !IsKnown(invitation) || !(invitation.WorkspaceId is { } workspace ? held.HoldsInWorkspace(workspace, InWorkspace) : held.Holds(OnPlatform)))
        {
            return false;
        }

        return Grants(invitation) is not { } grant || held.Covers(grant);
    }

    /// <summary>Those of the invitations whose inviters still cover them. What nobody sent, the control plane did, which holds everything.</summary>
    public async Task<IReadOnlyList<Invitation>> CoveredAsync(
        ControlPlaneDbContext db, IReadOnlyList<Invitation> invitations, CancellationToken cancellationToken)
    {
        if (invitations.Count == 0)
        {
            return [];
        }

        var users = await permissions.OfUsersAsync(db, [.. invitations.Select(i => i.InvitedById).OfType<Guid>().Distinct()], cancellationToken);
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

    /// <exception cref="InviterLacksRoleException">Who sent it does not cover it any more.</exception>
    public async Task RequireAsync(ControlPlaneDbContext db, Invitation invitation, CancellationToken cancellationToken)
    {
        if (await CoveredAsync(db, [invitation], cancellationToken) is [])
        {
            throw new InviterLacksRoleException();
        }
    }

    // A role that this version does not know is given by nobody.
    private bool IsKnown(Invitation invitation) => invitation.Role is null || roles.Find(invitation.Role) is not null;

    private RoleGrant? Grants(Invitation invitation)
        => invitation.Role is { } name ? new RoleGrant(roles[name], invitation.WorkspaceId) : null;
}
