namespace Apc.ControlPlane.Domain.Access;

/// <summary>A permission prepared for checks: looked up by name once, then tested as one bit.</summary>
public sealed class Permission
{
    internal Permission(string name, int bit)
    {
        Name = name;
        Bit = bit;
    }

    /// <summary>Every permission that a role holds, which is every permission there is.</summary>
    public static IReadOnlyCollection<Permission> All => Roles.AllPermissions;

    /// <summary>One of <see cref="Permissions"/>.</summary>
    public string Name { get; }

    internal int Bit { get; }

    /// <summary>The permission with this name; null where no role of the built-in table holds it.</summary>
    public static Permission? Find(string name) => Roles.FindPermission(name);

    /// <summary>The permission with this name.</summary>
    /// <exception cref="ArgumentException">No role holds it, so that nobody could pass the check.</exception>
    public static Permission Named(string name)
        => Find(name)
            ?? throw new ArgumentException($"No role holds the permission '{name}'. Add it to {nameof(Roles)}.{nameof(Roles.All)}.", nameof(name));

    /// <inheritdoc/>
    public override string ToString() => Name;
}
