using System.Collections.Frozen;

namespace Apc.ControlPlane.Domain.Access;

/// <summary>The roles that one control plane knows by name, with their permissions.</summary>
public sealed class RoleTable
{
    /// <summary>The built-in table, without changes by the configuration.</summary>
    public static readonly RoleTable BuiltIn
        = new([.. Roles.All.Select(d => new Role(d.Name, d.Scope, SetOf(d)) { Description = d.Description })]);

    private readonly FrozenDictionary<string, Role> _byName;
    private readonly PermissionSet _ofEveryone;

    private RoleTable(IReadOnlyList<Role> all)
    {
        All = all;
        _byName = All.ToFrozenDictionary(r => r.Name, StringComparer.Ordinal);
        _ofEveryone = this[RoleNames.User].Permissions;
    }

    /// <summary>Every role, in the order of the table.</summary>
    public IReadOnlyList<Role> All { get; }

    /// <summary>The role with this name.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public Role this[string name] => _byName[name];

    /// <summary>The role with this name; null if there is none: a newer version of the control plane may have stored it.</summary>
    public Role? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The role with this name, bound to an entity.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public RoleGrant Grant(string name, Guid? workspaceId = null, Guid? deploymentId = null, Guid? clusterId = null)
        => new(this[name], workspaceId, deploymentId, clusterId);

    /// <summary>What a signed-in caller with these roles may do; every signed-in caller also holds <see cref="RoleNames.User"/>.</summary>
    /// <param name="grants">The roles; those that are not well formed give no permission.</param>
    public EffectivePermissions Effective(IEnumerable<RoleGrant> grants) => EffectivePermissions.Of(grants, _ofEveryone);

    /// <summary>This table with other roles: each replaces the one with its name, or is added at the end.</summary>
    public RoleTable With(IReadOnlyList<Role> others)
    {
        var changed = others.ToDictionary(r => r.Name, StringComparer.Ordinal);
        return new([.. All.Select(r => changed.GetValueOrDefault(r.Name, r)), .. others.Where(r => Find(r.Name) is null)]);
    }

    private static PermissionSet SetOf(RoleDefinition definition)
        => PermissionSet.Of(Closure(definition).SelectMany(d => d.Permissions).Select(Permission.Named));

    private static IEnumerable<RoleDefinition> Closure(RoleDefinition definition)
        => definition.Includes.SelectMany(included => Closure(Roles.All.Single(d => d.Name == included))).Prepend(definition);
}
