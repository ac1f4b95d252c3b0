using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>What the audit trail shows of roles that are given and taken.</summary>
internal static class RoleBindingAudit
{
    public static AuditedChange Given(RoleBinding binding, string? roleName)
        => new("roleBinding.create", "roleBinding") { EntityId = binding.Id, EntityName = roleName, After = Shown(binding) };

    public static AuditedChange Taken(RoleBinding binding, string? roleName)
        => new("roleBinding.delete", "roleBinding") { EntityId = binding.Id, EntityName = roleName, Before = Shown(binding) };

    private static object Shown(RoleBinding b)
        => new { b.Role, b.CustomRoleId, b.UserId, b.ServiceAccountId, b.TeamId, b.WorkspaceId, b.DeploymentId, b.ClusterId };
}
