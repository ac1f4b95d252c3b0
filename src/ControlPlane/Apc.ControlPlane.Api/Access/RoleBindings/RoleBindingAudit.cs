using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>What the audit trail shows of roles that are given and taken.</summary>
internal static class RoleBindingAudit
{
    /// <param name="binding">What was given.</param>
    /// <param name="roleName">The name of the role.</param>
    /// <param name="operation">What did it outside of the API; null for the field that is under way.</param>
    public static AuditedChange Given(RoleBinding binding, string? roleName, string? operation = null)
        => Change("roleBinding.create", binding, roleName, operation) with { After = Shown(binding) };

    /// <param name="binding">What was taken.</param>
    /// <param name="roleName">The name of the role.</param>
    /// <param name="operation">What did it outside of the API; null for the field that is under way.</param>
    public static AuditedChange Taken(RoleBinding binding, string? roleName, string? operation = null)
        => Change("roleBinding.delete", binding, roleName, operation) with { Before = Shown(binding) };

    private static AuditedChange Change(string action, RoleBinding binding, string? roleName, string? operation) => new(action, "roleBinding")
    {
        Operation = operation,
        EntityId = binding.Id,
        EntityName = roleName,
    };

    private static object Shown(RoleBinding b)
        => new { b.Role, b.CustomRoleId, b.UserId, b.ServiceAccountId, b.TeamId, b.WorkspaceId, b.DeploymentId, b.ClusterId };
}
