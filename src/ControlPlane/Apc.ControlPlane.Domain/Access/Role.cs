namespace Apc.ControlPlane.Domain.Access;

/// <summary>A named set of permissions within one scope: built in, made by the configuration, or a custom role of the database.</summary>
/// <param name="name">Its name in the schema, in the database and in scripts.</param>
/// <param name="scope">The kind of entity that bindings of it name.</param>
/// <param name="permissions">Everything it holds.</param>
public sealed class Role(string name, RoleScope scope, PermissionSet permissions)
{
    /// <summary>Its name in the schema, in the database and in scripts.</summary>
    public string Name { get; } = name;

    /// <summary>The kind of entity that bindings of it name.</summary>
    public RoleScope Scope { get; } = scope;

    /// <summary>Everything it holds, with the permissions of included roles.</summary>
    public PermissionSet Permissions { get; } = permissions;

    /// <summary>Its purpose, in one sentence; empty if none was given.</summary>
    public string Description { get; init; } = "";

    /// <summary>The id of a custom role; null for a role of the table, which is known by its name.</summary>
    public Guid? CustomRoleId { get; init; }

    /// <summary>A custom role of permissions and wildcards, without unknown ones and those that do not count in the scope.</summary>
    public static Role Custom(Guid id, string name, RoleScope scope, IEnumerable<string> permissions)
        => new(name, scope, PermissionSet.Of(permissions.SelectMany(Permission.Matching).Where(p => p.CountsIn(scope))))
        {
            CustomRoleId = id,
        };

    /// <summary>Whether it is this role of the table.</summary>
    /// <param name="name">One of <see cref="RoleNames"/>.</param>
    public bool Is(string name) => CustomRoleId is null && Name == name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A role and the entity to which it is bound: a role binding without its holder.</summary>
/// <param name="Role">The role.</param>
/// <param name="WorkspaceId">The workspace, for a workspace role only.</param>
/// <param name="DeploymentId">The deployment, for a deployment role only.</param>
/// <param name="ClusterId">The cluster, for a cluster role only.</param>
public readonly record struct RoleGrant(Role Role, Guid? WorkspaceId = null, Guid? DeploymentId = null, Guid? ClusterId = null)
{
    /// <summary>Whether the role is bound to the kind of entity that its scope asks for; otherwise the grant gives no permission.</summary>
    public bool IsWellFormed => (Role.Scope, WorkspaceId, DeploymentId, ClusterId) switch
    {
        (RoleScope.System, null, null, null) => true,
        (RoleScope.Workspace, not null, null, null) => true,
        (RoleScope.Deployment, null, not null, null) => true,
        (RoleScope.Cluster, null, null, not null) => true,
        _ => false,
    };
}
