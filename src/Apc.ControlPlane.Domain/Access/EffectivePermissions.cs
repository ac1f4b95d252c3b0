using System.Collections.Frozen;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>What a caller may do: the union of all roles they hold, each within what it is bound to.</summary>
/// <remarks>
/// A system role counts everywhere, its <c>workspace.*</c> and <c>deployment.*</c> permissions too; any other role only on the entity that its
/// binding names. Checks cost a bit test, and a hash lookup for an entity.
/// </remarks>
public sealed class EffectivePermissions
{
    /// <summary>What a caller who is not signed in may do: nothing.</summary>
    public static readonly EffectivePermissions None = new([], PermissionSet.Empty);

    private readonly PermissionSet _everywhere;
    private readonly PermissionSet _anywhere;
    private readonly FrozenDictionary<Guid, PermissionSet> _onClusters;
    private readonly FrozenDictionary<Guid, PermissionSet> _inWorkspaces;
    private readonly FrozenDictionary<Guid, PermissionSet> _inDeployments;

    private EffectivePermissions(RoleGrant[] grants, PermissionSet ofEveryone)
    {
        _everywhere = Union(grants.Where(g => Roles.Of(g.Role).Scope == RoleScope.System), ofEveryone);
        _anywhere = Union(grants, ofEveryone);
        _onClusters = ByEntity(grants, g => g.ClusterId);
        _inWorkspaces = ByEntity(grants, g => g.WorkspaceId);
        _inDeployments = ByEntity(grants, g => g.DeploymentId);
        IsSystemAdmin = grants.Any(g => g.Role == Role.SystemAdmin);
    }

    /// <summary>Whether one of the roles is System Admin.</summary>
    public bool IsSystemAdmin { get; }

    /// <summary>The permissions held everywhere, by name, sorted.</summary>
    public IEnumerable<string> Names => _everywhere.Names;

    /// <summary>The workspaces on which a workspace role is held.</summary>
    public IReadOnlyCollection<Guid> WorkspaceIds => _inWorkspaces.Keys;

    /// <summary>The deployments on which a deployment role is held.</summary>
    public IReadOnlyCollection<Guid> DeploymentIds => _inDeployments.Keys;

    /// <summary>The clusters on which a cluster role is held.</summary>
    public IReadOnlyCollection<Guid> ClusterIds => _onClusters.Keys;

    /// <summary>What somebody who is signed in and holds these roles may do; everyone signed in holds <see cref="Role.User"/> besides.</summary>
    /// <param name="grants">The roles; those that are not well formed give nothing.</param>
    public static EffectivePermissions Of(IEnumerable<RoleGrant> grants)
        => new([.. grants.Where(g => g.IsWellFormed)], Roles.PermissionsOf(Role.User));

    /// <summary>Whether the permission is held everywhere.</summary>
    public bool Holds(Permission permission) => _everywhere.Contains(permission);

    /// <inheritdoc cref="Holds(Permission)"/>
    /// <exception cref="ArgumentException">There is no permission of this name.</exception>
    public bool Holds(string permission) => Holds(Permission.Named(permission));

    /// <summary>Whether the permission is held on this cluster: by a role on it, or everywhere.</summary>
    public bool HoldsOn(Guid clusterId, Permission permission) => HoldsWithin(_onClusters, clusterId, permission);

    /// <inheritdoc cref="HoldsOn(Guid, Permission)"/>
    /// <exception cref="ArgumentException">There is no permission of this name.</exception>
    public bool HoldsOn(Guid clusterId, string permission) => HoldsOn(clusterId, Permission.Named(permission));

    /// <summary>Whether the permission is held in this workspace: by a role in it, or everywhere.</summary>
    public bool HoldsInWorkspace(Guid workspaceId, Permission permission) => HoldsWithin(_inWorkspaces, workspaceId, permission);

    /// <summary>Whether the permission is held in this deployment: by a role on it, or everywhere.</summary>
    public bool HoldsInDeployment(Guid deploymentId, Permission permission) => HoldsWithin(_inDeployments, deploymentId, permission);

    /// <summary>Whether the permission is held everywhere or on at least one entity.</summary>
    public bool HoldsAnywhere(Permission permission) => _anywhere.Contains(permission);

    /// <inheritdoc cref="HoldsAnywhere(Permission)"/>
    /// <exception cref="ArgumentException">There is no permission of this name.</exception>
    public bool HoldsAnywhere(string permission) => HoldsAnywhere(Permission.Named(permission));

    /// <summary>The clusters on which a cluster role gives the permission; says nothing about holding it everywhere.</summary>
    public IReadOnlyList<Guid> ClusterIdsWith(Permission permission)
        => [.. _onClusters.Where(c => c.Value.Contains(permission)).Select(c => c.Key)];

    /// <inheritdoc cref="ClusterIdsWith(Permission)"/>
    /// <exception cref="ArgumentException">There is no permission of this name.</exception>
    public IReadOnlyList<Guid> ClusterIdsWith(string permission) => ClusterIdsWith(Permission.Named(permission));

    private bool HoldsWithin(FrozenDictionary<Guid, PermissionSet> entities, Guid id, Permission permission)
        => _everywhere.Contains(permission) || (entities.TryGetValue(id, out var held) && held.Contains(permission));

    private static FrozenDictionary<Guid, PermissionSet> ByEntity(RoleGrant[] grants, Func<RoleGrant, Guid?> entity)
    {
        var bound = grants.Where(g => entity(g) is not null).ToArray();

        // Most callers hold no role of a kind; freezing an empty dictionary would still cost.
        return bound.Length == 0
            ? FrozenDictionary<Guid, PermissionSet>.Empty
            : bound.GroupBy(g => entity(g)!.Value).ToFrozenDictionary(g => g.Key, g => Union(g, PermissionSet.Empty));
    }

    private static PermissionSet Union(IEnumerable<RoleGrant> grants, PermissionSet start)
        => grants.Aggregate(start, (held, grant) => held.Union(Roles.PermissionsOf(grant.Role)));
}
