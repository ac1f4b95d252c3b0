namespace Apc.ControlPlane.Domain.Access;

/// <summary>A permission prepared for checks: looked up by name once, then tested as one bit.</summary>
public sealed class Permission
{
    internal Permission(string name, int bit)
    {
        Name = name;
        Scope = name.StartsWith("workspace.", StringComparison.Ordinal) ? RoleScope.Workspace
            : name.StartsWith("deployment.", StringComparison.Ordinal) ? RoleScope.Deployment
            : RoleScope.System;
        Bit = bit;
    }

    /// <summary>Every permission: each is held by a role.</summary>
    public static IReadOnlyCollection<Permission> All => Roles.AllPermissions;

    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Name { get; }

    /// <summary>Where it counts: in one workspace, in one deployment, or on the whole platform.</summary>
    public RoleScope Scope { get; }

    internal int Bit { get; }

    /// <summary>The permission with this name; null if no role of the built-in table holds it.</summary>
    public static Permission? Find(string name) => Roles.FindPermission(name);

    /// <summary>The permission with this name.</summary>
    /// <exception cref="ArgumentException">No role holds it, so that no caller could pass the check.</exception>
    public static Permission Named(string name)
        => Find(name)
            ?? throw new ArgumentException(
                $"No role holds the permission '{name}'. Add it to {nameof(Roles)}.{nameof(Roles.All)}.", nameof(name));

    /// <summary>The permissions of a name, or of a wildcard: all that begin with the text before <c>*</c>. Empty for none.</summary>
    public static IReadOnlyList<Permission> Matching(string text)
        => text.EndsWith(".*", StringComparison.Ordinal)
            ? [.. All.Where(p => p.Name.StartsWith(text[..^1], StringComparison.Ordinal)).OrderBy(p => p.Name, StringComparer.Ordinal)]
            : Find(text) is { } known ? [known] : [];

    /// <summary>
    /// Whether it counts in a role of this scope: a system role may hold all permissions, a workspace or deployment role those of its
    /// scope, a cluster role those of clusters.
    /// </summary>
    public bool CountsIn(RoleScope scope) => scope switch
    {
        RoleScope.System => true,
        RoleScope.Cluster => Name.StartsWith("system.clusters.", StringComparison.Ordinal),
        _ => Scope == scope,
    };

    /// <inheritdoc/>
    public override string ToString() => Name;
}
