using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>What the audit trail says of invitations.</summary>
internal static class InvitationAudit
{
    public static AuditedChange Change(string action, Invitation invitation, string? operation) => new(action, "invitation")
    {
        Operation = operation,
        EntityId = invitation.Id,
        EntityName = invitation.Email,
    };

    /// <summary>An invitation goes because who sent it lost what it gives.</summary>
    public static AuditedChange Withdrawn(Invitation invitation, string? operation) => Change("invitation.delete", invitation, operation) with
    {
        Before = Shown(invitation),
        Reason = "Who sent it no longer holds what it gives.",
    };

    public static object Shown(Invitation i) => new { i.Email, i.Role, i.WorkspaceId, i.Mailed, i.ExpiresAt };
}
