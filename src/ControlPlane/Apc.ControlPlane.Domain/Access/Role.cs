namespace Apc.ControlPlane.Domain.Access;

/// <summary>A named set of permissions that holders have within one scope: built in, made by the configuration, or a custom role of the database.</summary>
/// <param name="name">Its name in the schema, in the database and in scripts.</param>
/// <param name="scope">What it is bound to.</param>
/// <param name="permissions">Everything it holds.</param>
public sealed class Role(string name, RoleScope scope, PermissionSet permissions)
{
    /// <summary>Its name in the schema, in the database and in scripts.</summary>
    public string Name { get; } = name;

    /// <summary>What it is bound to.</summary>
    public RoleScope Scope { get; } = scope;

    /// <summary>Everything it holds, that of included roles too.</summary>
    public PermissionSet Permissions { get; } = permissions;

    /// <summary>What it is for, in one sentence; empty where nobody said.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its row where it is a custom role; null for a role of the table, which is known by its name.</summary>
    public Guid? CustomRoleId { get; init; }

    /// <summary>A custom role of permissions and wildcards. What this version does not know, and what does not count in the scope, gives nothing.</summary>
    public static Role Custom(Guid id, string name, RoleScope scope, IEnumerable<string> permissions)
        => new(name, scope, PermissionSet.Of(permissions.SelectMany(Permission.Matching).Where(p => p.CountsIn(scope)))) { CustomRoleId = id };

    /// <summary>Whether it is this role of the table.</summary>
    /// <param name="name">One of <see cref="RoleNames"/>.</param>
    public bool Is(string name) => CustomRoleId is null && Name == name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
