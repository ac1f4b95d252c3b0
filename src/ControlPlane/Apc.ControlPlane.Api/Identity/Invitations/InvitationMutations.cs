using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
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
    /// Invites a person to the platform, and mails them a link. If the platform sends no mails, the answer has the token to pass on.
    /// Inviting an address again voids the earlier token.
    /// </summary>
    /// <param name="email">The address of a person who is no user yet. The invitation can be used only with this address.</param>
    [Audited("invitation.create")]
    [RequiresPermission(Permissions.UserInvite)]
    [SpendsQuota("invitations")]
    public static async Task<InviteRow?> InviteUserAsync(
        string email, Caller caller, InviteUser inviteUser, CancellationToken cancellationToken)
    {
        var offer = new InvitationOffer(email) { ForUsersToo = !caller.Permissions.Holds(SeeUsers) };
        var issued = await inviteUser.RunAsync(offer, caller, cancellationToken);
        return new InviteRow(issued.Invitation, issued.Token);
    }

    /// <summary>
    /// Accepts an invitation as the calling user, and answers with it. It has to be for a verified address of theirs. People who are no
    /// users yet use `createUser` instead.
    /// </summary>
    /// <param name="inviteToken">The token of the invitation.</param>
    [Audited("invitation.use")]
    [SignedIn]
    public static async Task<InviteRow?> AcceptInviteAsync(
        string inviteToken, Caller caller, AcceptInvite acceptInvite, CancellationToken cancellationToken)
        => new InviteRow(await acceptInvite.RunAsync(inviteToken, caller, cancellationToken));

    /// <summary>
    /// Withdraws an invitation, and answers with it. Needs `workspace.iam.update` in the given workspace, or `system.user.invite`.
    /// </summary>
    /// <param name="inviteUuid">The invitation's id.</param>
    /// <param name="workspaceUuid">The workspace of the invitation; needed unless the caller may invite to the platform.</param>
    [Audited("invitation.delete")]
    [SignedIn]
    public static async Task<InviteRow?> DeleteInviteTokenAsync(
        Uuid inviteUuid, Uuid? workspaceUuid, Caller caller, DeleteInvite deleteInvite, CancellationToken cancellationToken)
    {
        var workspaceId = PageArguments.Id(workspaceUuid);

        // Callers who may invite to the platform may withdraw all invitations, other callers those to a workspace that they name.
        if (workspaceId is { } id && !caller.Permissions.Holds(OnPlatform))
        {
            caller.RequireInWorkspace(id, InWorkspace);
        }
        else
        {
            caller.Require(OnPlatform);
        }

        return new InviteRow(await deleteInvite.RunAsync(inviteUuid.IdOrEmpty, workspaceId, caller, cancellationToken));
    }
}
