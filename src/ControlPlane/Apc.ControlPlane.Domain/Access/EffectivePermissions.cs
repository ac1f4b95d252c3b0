using System.Collections.Frozen;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>What a caller may do: the union of all their roles, each within the entity to which it is bound.</summary>
/// <remarks>
/// A system role counts everywhere, also with its <c>workspace.*</c> and <c>deployment.*</c> permissions; any other role only on the entity
/// that its binding names. A check is a bit test, and a hash look-up for an entity.
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
        _everywhere = Union(grants.Where(g => g.Role.Scope == RoleScope.System), ofEveryone);
        _anywhere = Union(grants, ofEveryone);
        _onClusters = ByEntity(grants, g => g.ClusterId);
        _inWorkspaces = ByEntity(grants, g => g.WorkspaceId);
        _inDeployments = ByEntity(grants, g => g.DeploymentId);
        RoleNames = [.. grants.Select(g => g.Role.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        IsSystemAdmin = grants.Any(g => g.Role.Is(Access.RoleNames.SystemAdmin));
    }

    /// <summary>Names of the roles that are held on any entity or everywhere, sorted.</summary>
    public IReadOnlyList<string> RoleNames { get; }

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

    internal static EffectivePermissions Of(IEnumerable<RoleGrant> grants, PermissionSet ofEveryone)
        => new([.. grants.Where(g => g.IsWellFormed)], ofEveryone);

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

    /// <summary>Whether all permissions of the role are held on its entity or everywhere: only then may a caller give the role.</summary>
    public bool Covers(RoleGrant grant)
    {
        var bound = grant switch
        {
            { WorkspaceId: { } id } => _inWorkspaces.GetValueOrDefault(id),
            { DeploymentId: { } id } => _inDeployments.GetValueOrDefault(id),
            { ClusterId: { } id } => _onClusters.GetValueOrDefault(id),
            _ => null,
        };

        return (bound is null ? _everywhere : _everywhere.Union(bound)).Contains(grant.Role.Permissions);
    }

    /// <summary>Whether the permission is held everywhere or on at least one entity.</summary>
    public bool HoldsAnywhere(Permission permission) => _anywhere.Contains(permission);

    /// <inheritdoc cref="HoldsAnywhere(Permission)"/>
    /// <exception cref="ArgumentException">There is no permission of this name.</exception>
    public bool HoldsAnywhere(string permission) => HoldsAnywhere(Permission.Named(permission));

    /// <summary>The clusters on which a cluster role gives the permission, whether or not it is held everywhere.</summary>
    public IReadOnlyList<Guid> ClusterIdsWith(Permission permission)
        => [.. _onClusters.Where(c => c.Value.Contains(permission)).Select(c => c.Key)];

    private bool HoldsWithin(FrozenDictionary<Guid, PermissionSet> entities, Guid id, Permission permission)
        => _everywhere.Contains(permission) || (entities.TryGetValue(id, out var held) && held.Contains(permission));

    private static FrozenDictionary<Guid, PermissionSet> ByEntity(RoleGrant[] grants, Func<RoleGrant, Guid?> entity)
    {
        var bound = grants.Where(g => entity(g) is not null).ToArray();

        // Most callers hold no role of a kind, and freezing an empty dictionary would take time.
        return bound.Length == 0
            ? FrozenDictionary<Guid, PermissionSet>.Empty
            : bound.GroupBy(g => entity(g)!.Value).ToFrozenDictionary(g => g.Key, g => Union(g, PermissionSet.Empty));
    }

    private static PermissionSet Union(IEnumerable<RoleGrant> grants, PermissionSet start)
        => grants.Aggregate(start, (held, grant) => held.Union(grant.Role.Permissions));
}
