namespace Apc.ControlPlane.Domain.Access;

/// <summary>The identity of a program. Role bindings hold its permissions, <see cref="ServiceAccountKey"/>s its credentials.</summary>
public sealed class ServiceAccount
{
    public required Guid Id { get; init; }

    /// <summary>Its name, for people.</summary>
    public required string Label { get; set; }

    /// <summary>Free text to group accounts by.</summary>
    public string? Category { get; set; }

    /// <summary>The kind of entity that it belongs to and is deleted with: which of the three ids is set.</summary>
    public EntityType EntityType { get; init; }

    /// <summary>The workspace it belongs to, if it does.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>The deployment it belongs to, if it does.</summary>
    public Guid? DeploymentId { get; init; }

    /// <summary>The cluster it belongs to, if it does.</summary>
    public Guid? ClusterId { get; init; }

    /// <summary>Whether its keys may be used.</summary>
    public bool Active { get; set; } = true;

    /// <summary>Last use of any of its keys, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    /// <summary>From then on all its keys are refused. Null means never.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>The user who made it, directly or through a service account; null if not known. May have been removed since.</summary>
    public Guid? CreatedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The entity that it belongs to.</summary>
    public ServiceAccountEntity Entity => new(EntityType, WorkspaceId ?? DeploymentId ?? ClusterId);
}

/// <summary>The kinds of entity that a service account can belong to.</summary>
public enum EntityType
{
    /// <summary>The platform itself.</summary>
    System,

    /// <summary>A workspace.</summary>
    Workspace,

    /// <summary>A deployment.</summary>
    Deployment,

    /// <summary>A cluster.</summary>
    Cluster,
}

/// <summary>The platform, or the one workspace, deployment or cluster, that a service account belongs to.</summary>
/// <param name="Type">The kind of entity.</param>
/// <param name="Id">Its id; null for the platform.</param>
public readonly record struct ServiceAccountEntity(EntityType Type, Guid? Id)
{
    /// <summary>The platform itself.</summary>
    public static readonly ServiceAccountEntity System = new(EntityType.System, null);

    /// <summary>The workspace; null if it is another entity.</summary>
    public Guid? WorkspaceId => Type == EntityType.Workspace ? Id : null;

    /// <summary>The deployment; null if it is another entity.</summary>
    public Guid? DeploymentId => Type == EntityType.Deployment ? Id : null;

    /// <summary>The cluster; null if it is another entity.</summary>
    public Guid? ClusterId => Type == EntityType.Cluster ? Id : null;

    /// <summary>The role, bound to this entity.</summary>
    public RoleGrant Grant(Role role) => new(role, WorkspaceId, DeploymentId, ClusterId);

    /// <summary>Whether the binding is to this entity.</summary>
    public bool IsScopeOf(RoleBinding binding)
        => (binding.WorkspaceId, binding.DeploymentId, binding.ClusterId) == (WorkspaceId, DeploymentId, ClusterId);
}

/// <summary>The limit for the expiry of a service account.</summary>
public static class ServiceAccountExpiry
{
    /// <summary>Most years from now.</summary>
    public const int MaxYears = 10;

    /// <summary>Whether an account may expire then: in the future, and at most <see cref="MaxYears"/> years from now.</summary>
    public static bool IsAllowed(DateTimeOffset expiresAt, DateTimeOffset now) => expiresAt > now && expiresAt <= now.AddYears(MaxYears);
}

/// <summary>A credential of a service account: one without expiry and, for some time after a rotation, the one before it.</summary>
/// <remarks>Not a record: a record would print the hash.</remarks>
public sealed class ServiceAccountKey
{
    /// <summary>Longest time for which the old key stays valid after a rotation.</summary>
    public static readonly TimeSpan MaxOverlap = TimeSpan.FromDays(7);

    /// <summary>The part of the key that may be shown; unique.</summary>
    public required string PublicId { get; init; }

    public required Guid ServiceAccountId { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public required byte[] SecretHash { get; init; }

    /// <summary>The user who made it, and has seen it; null if not known. The user may have been removed since.</summary>
    public Guid? CreatedById { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From then on the key is refused. Null for the account's newest key, which ends with the account alone.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Last use of this key, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }
}
