using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Invitations;

[MutationType]
public static class InvitationMutations
{
    private static readonly Permission InWorkspace = Permission.Named(Permissions.InWorkspace.IamUpdate);
    private static readonly Permission SeeUsers = Permission.Named(Permissions.UsersGet);
    private static readonly Permission OnPlatform = Permission.Named(Permissions.UserInvite);

    /// <summary>
    /// Invites somebody to the platform, and mails them a link. Where the platform sends no mails, the answer has the token to pass on. Inviting an address
    /// again voids the earlier token.
    /// </summary>
    /// <param name="email">The address of somebody who is no user yet. Nobody with another address can use the invitation.</param>
    [Audited("invitation.create")]
    [RequiresPermission(Permissions.UserInvite)]
    [SpendsQuota("invitations")]
    public static async Task<InviteRow?> InviteUserAsync(string email, Caller caller, InviteUser inviteUser, CancellationToken cancellationToken)
    {
        var issued = await inviteUser.RunAsync(new InvitationOffer(email) { ForUsersToo = !caller.Permissions.Holds(SeeUsers) }, caller, cancellationToken);
        return new InviteRow(issued.Invitation, issued.Token);
    }

    /// <summary>
    /// Accepts an invitation as the user who asks, and answers with what it was. It has to be for a verified address of theirs. People who are no users yet use
    /// `createUser` instead.
    /// </summary>
    /// <param name="inviteToken">The token of the invitation.</param>
    [Audited("invitation.use")]
    [SignedIn]
    public static async Task<InviteRow?> AcceptInviteAsync(
        string inviteToken, Caller caller, AcceptInvite acceptInvite, CancellationToken cancellationToken)
        => new InviteRow(await acceptInvite.RunAsync(inviteToken, caller, cancellationToken));

    /// <summary>Withdraws an invitation, and answers with what it was. Takes `workspace.iam.update` in the workspace that is named, else `system.user.invite`.</summary>
    /// <param name="inviteUuid">The invitation's id.</param>
    /// <param name="workspaceUuid">The workspace to which it is; needed unless the caller may invite to the platform.</param>
    [Audited("invitation.delete")]
    [SignedIn]
    public static async Task<InviteRow?> DeleteInviteTokenAsync(
        Uuid inviteUuid, Uuid? workspaceUuid, Caller caller, DeleteInvite deleteInvite, CancellationToken cancellationToken)
    {
        var workspaceId = workspaceUuid is { IsAbsent: false } named ? named.Id ?? Guid.Empty : (Guid?)null;

        // Whoever may invite to the platform may withdraw all invitations; others those of their workspaces, which they name.
        if (workspaceId is { } id && !caller.Permissions.Holds(OnPlatform))
        {
            caller.RequireInWorkspace(id, InWorkspace);
        }
        else
        {
            caller.Require(OnPlatform);
        }

        return new InviteRow(await deleteInvite.RunAsync(inviteUuid.Id ?? Guid.Empty, workspaceId, caller, cancellationToken));
    }
}
