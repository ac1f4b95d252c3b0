using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Withdraws an invitation.</summary>
/// <remarks>Whether the caller may do so is for who calls this to check.</remarks>
public sealed class DeleteInvite(Changes changes)
{
    /// <summary>Withdraws an invitation, and answers with what it was. Where a workspace is named, it has to be to that one.</summary>
    /// <exception cref="InvitationNotFoundException">There is none with this id there, or it was just used.</exception>
    public Task<Invitation> RunAsync(Guid id, Guid? workspaceId, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [], async change =>
        {
            var invitation = await change.Db.Invitations.SingleOrDefaultAsync(i => i.Id == id && (workspaceId == null || i.WorkspaceId == workspaceId), cancellationToken)
                ?? throw new InvitationNotFoundException();
            change.Db.Invitations.Remove(invitation);
            change.Audit(InvitationAudit.Change("invitation.delete", invitation) with { Before = InvitationAudit.Shown(invitation) });
            return invitation;
        }, cancellationToken);
}
