using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>The roles of one service account, as those who change the account see them.</summary>
/// <param name="Bindings">All of them, tracked, oldest first.</param>
/// <param name="Grants">What they give; without those that this version does not know, which give nothing.</param>
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

        var grants = new List<RoleGrant>();

        foreach (var (binding, custom) in held.Select(h => (h.Binding, h.Custom)))
        {
            var role = binding.Role is { } name ? roles.Find(name) : Role.Custom(custom.Id, custom.Name, custom.Scope, custom.Permissions);

            if (role is not null)
            {
                grants.Add(new RoleGrant(role, binding.WorkspaceId, binding.DeploymentId, binding.ClusterId));
            }
        }

        return new ServiceAccountRoles([.. held.Select(h => h.Binding)], grants);
    }

    public static RoleBinding Bind(ServiceAccount account, RoleGrant grant, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        Role = grant.Role.Name,
        ServiceAccountId = account.Id,
        WorkspaceId = grant.WorkspaceId,
        DeploymentId = grant.DeploymentId,
        ClusterId = grant.ClusterId,
        CreatedAt = now,
    };

    /// <summary>The names of the roles on what the account belongs to.</summary>
    public IEnumerable<string> NamesOn(ServiceAccountEntity entity)
        => Grants.Where(g => (g.WorkspaceId, g.DeploymentId, g.ClusterId) == (entity.WorkspaceId, entity.DeploymentId, entity.ClusterId)).Select(g => g.Role.Name);

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
