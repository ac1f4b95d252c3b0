namespace Apc.ControlPlane.Domain.Access;

/// <summary>Where the permissions of a role count.</summary>
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

/// <summary>One row of the table of roles.</summary>
/// <param name="Name">The role's name in the schema, in the database and in scripts.</param>
/// <param name="Scope">The kind of entity that bindings of it name.</param>
/// <param name="Description">Its purpose, in one sentence.</param>
public sealed record RoleDefinition(string Name, RoleScope Scope, string Description)
{
    /// <summary>Names of the roles whose permissions this role holds as well, with those that they include.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The permissions of this role beyond those of the included roles; names of <see cref="Permissions"/>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
