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

    /// <summary>Every permission that a role holds, which is every permission there is.</summary>
    public static IReadOnlyCollection<Permission> All => Roles.AllPermissions;

    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Name { get; }

    /// <summary>Where it counts: within one workspace, within one deployment, or on the whole platform.</summary>
    public RoleScope Scope { get; }

    internal int Bit { get; }

    /// <summary>The permission with this name; null where no role of the built-in table holds it.</summary>
    public static Permission? Find(string name) => Roles.FindPermission(name);

    /// <summary>The permission with this name.</summary>
    /// <exception cref="ArgumentException">No role holds it, so that nobody could pass the check.</exception>
    public static Permission Named(string name)
        => Find(name)
            ?? throw new ArgumentException($"No role holds the permission '{name}'. Add it to {nameof(Roles)}.{nameof(Roles.All)}.", nameof(name));

    /// <summary>The permissions that a text stands for: one by its name, or all whose names begin with what stands before <c>.*</c>. None where there is no such.</summary>
    public static IReadOnlyList<Permission> Matching(string text)
    {
        if (text.EndsWith(".*", StringComparison.Ordinal))
        {
            return [.. All.Where(p => p.Name.StartsWith(text[..^1], StringComparison.Ordinal)).OrderBy(p => p.Name, StringComparer.Ordinal)];
        }

        return Find(text) is { } known ? [known] : [];
    }

    /// <summary>
    /// Whether it counts in a role of this scope: a role of the platform may hold all permissions, one of a workspace or deployment those of that scope, one
    /// of a cluster those of clusters.
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
