namespace Apc.ControlPlane.Domain.Access;

/// <summary>What a role is bound to: within what its permissions count.</summary>
public enum RoleScope
{
    /// <summary>The whole platform; the binding names no entity.</summary>
    System,

    /// <summary>The workspace that the binding names.</summary>
    Workspace,

    /// <summary>The deployment that the binding names.</summary>
    Deployment,

    /// <summary>The cluster that the binding names.</summary>
    Cluster,
}

/// <summary>One line of the table of roles.</summary>
/// <param name="Role">The role.</param>
/// <param name="Name">Its name in the schema, in the database and in scripts.</param>
/// <param name="Scope">What it is bound to.</param>
public sealed record RoleDefinition(Role Role, string Name, RoleScope Scope)
{
    /// <summary>Roles whose permissions, their own included ones among them, this role holds too.</summary>
    public IReadOnlyList<Role> Includes { get; init; } = [];

    /// <summary>What this role holds beyond the included ones; names of <see cref="Permissions"/>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
