using Apc.ControlPlane.Api.Scalars;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Whom a role is given to: a user or a service account.</summary>
public readonly record struct RoleHolder
{
    private RoleHolder(Guid? userId, Guid? serviceAccountId)
    {
        UserId = userId;
        ServiceAccountId = serviceAccountId;
    }

    /// <summary>The user; null where it is a service account.</summary>
    public Guid? UserId { get; }

    /// <summary>The service account; null where it is a user.</summary>
    public Guid? ServiceAccountId { get; }

    /// <summary>This user.</summary>
    public static RoleHolder User(Guid id) => new(id, null);

    /// <summary>This service account.</summary>
    public static RoleHolder ServiceAccount(Guid id) => new(null, id);

    /// <summary>The one of the two that a caller named.</summary>
    /// <exception cref="RoleHolderAmbiguousException">None was named, or both.</exception>
    public static RoleHolder From(Uuid? userId, Uuid? serviceAccountId)
        => (userId is null or { IsAbsent: true }, serviceAccountId is null or { IsAbsent: true }) switch
        {
            // A text that is no id of ours names nobody; the empty id stands for that.
            (false, true) => User(userId!.Value.Id ?? Guid.Empty),
            (true, false) => ServiceAccount(serviceAccountId!.Value.Id ?? Guid.Empty),
            _ => throw new RoleHolderAmbiguousException(),
        };
}
