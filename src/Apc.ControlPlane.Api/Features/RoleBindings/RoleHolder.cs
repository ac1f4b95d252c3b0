using Apc.ControlPlane.Api.Scalars;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Whom a role is given to: a user or a service account.</summary>
public readonly record struct RoleHolder(Guid? UserId, Guid? ServiceAccountId)
{
    /// <summary>The one of the two that the caller named.</summary>
    /// <exception cref="RoleHolderAmbiguousException">None was named, or both.</exception>
    public static RoleHolder From(Uuid userId, Uuid serviceAccountId)
        => (userId.IsAbsent, serviceAccountId.IsAbsent) switch
        {
            // A text that is no id of ours names nobody; the empty id stands for that.
            (false, true) => new RoleHolder(userId.Id ?? Guid.Empty, null),
            (true, false) => new RoleHolder(null, serviceAccountId.Id ?? Guid.Empty),
            _ => throw new RoleHolderAmbiguousException(),
        };
}
