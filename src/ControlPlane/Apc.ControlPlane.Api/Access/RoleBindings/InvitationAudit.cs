using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>What the audit trail says of invitations.</summary>
internal static class InvitationAudit
{
    public static AuditedChange Change(string action, Invitation invitation)
        => new(action, "invitation") { EntityId = invitation.Id, EntityName = invitation.Email };

    /// <summary>The invitation is withdrawn because its sender lost what it gives.</summary>
    public static AuditedChange Withdrawn(Invitation invitation) => Change("invitation.delete", invitation) with
    {
        Before = Shown(invitation),
        Reason = "Who sent it no longer holds what it gives.",
    };

    public static object Shown(Invitation i) => new { i.Email, i.Role, i.WorkspaceId, i.Mailed, i.ExpiresAt };
}
