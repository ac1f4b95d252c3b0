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
/// <param name="Name">The role's name in the schema, in the database and in scripts.</param>
/// <param name="Scope">What it is bound to.</param>
/// <param name="Description">What it is for, in one sentence.</param>
public sealed record RoleDefinition(string Name, RoleScope Scope, string Description)
{
    /// <summary>Names of the roles whose permissions, their own included ones among them, this role holds too.</summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>What this role holds beyond the included ones; names of <see cref="Permissions"/>.</summary>
    public required IReadOnlyList<string> Permissions { get; init; }
}
