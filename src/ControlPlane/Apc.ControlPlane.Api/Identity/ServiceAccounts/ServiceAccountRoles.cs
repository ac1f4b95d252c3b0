using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>The roles of one service account, for changes of the account.</summary>
/// <param name="Bindings">All of its bindings, tracked, oldest first.</param>
/// <param name="Grants">What the bindings give; a role that this version does not know is left out.</param>
internal sealed record ServiceAccountRoles(IReadOnlyList<RoleBinding> Bindings, IReadOnlyList<RoleGrant> Grants)
{
    public static async Task<ServiceAccountRoles> ReadAsync(
        ControlPlaneDbContext db, Guid accountId, RoleTable roles, CancellationToken cancellationToken)
    {
        var held = await (
            from binding in db.RoleBindings
            where binding.ServiceAccountId == accountId
            orderby binding.CreatedAt, binding.Id
            join custom in db.CustomRoles on binding.CustomRoleId equals custom.Id into customs
            from custom in customs.DefaultIfEmpty()
            select new { Binding = binding, Custom = custom }).ToListAsync(cancellationToken);

        return new ServiceAccountRoles(
            [.. held.Select(h => h.Binding)],
            [.. held.Select(h => roles.GrantOf(h.Binding, h.Custom)).OfType<RoleGrant>()]);
    }

    /// <summary>The names of the roles on the entity.</summary>
    public IEnumerable<string> NamesOn(ServiceAccountEntity entity) => Grants
        .Where(g => (g.WorkspaceId, g.DeploymentId, g.ClusterId) == (entity.WorkspaceId, entity.DeploymentId, entity.ClusterId))
        .Select(g => g.Role.Name);

    /// <summary>Refuses a caller who may not do everything that the account may.</summary>
    /// <exception cref="PermissionDeniedException">The account may do something that the caller may not.</exception>
    public void RequireCoveredBy(Caller caller)
    {
        foreach (var grant in Grants)
        {
            caller.RequireCovers(grant);
        }
    }
}
