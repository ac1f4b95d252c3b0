using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Whom a role is given to: a user, a service account or a team.</summary>
public readonly record struct RoleHolder
{
    private RoleHolder(Guid? userId, Guid? serviceAccountId, Guid? teamId)
    {
        UserId = userId;
        ServiceAccountId = serviceAccountId;
        TeamId = teamId;
    }

    /// <summary>The user; null where it is another.</summary>
    public Guid? UserId { get; }

    /// <summary>The service account; null where it is another.</summary>
    public Guid? ServiceAccountId { get; }

    /// <summary>The team; null where it is another.</summary>
    public Guid? TeamId { get; }

    /// <summary>This user.</summary>
    public static RoleHolder User(Guid id) => new(id, null, null);

    /// <summary>This service account.</summary>
    public static RoleHolder ServiceAccount(Guid id) => new(null, id, null);

    /// <summary>This team.</summary>
    public static RoleHolder Team(Guid id) => new(null, null, id);

    /// <summary>Whoever holds this binding.</summary>
    public static RoleHolder Of(RoleBinding binding) => new(binding.UserId, binding.ServiceAccountId, binding.TeamId);

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

    /// <summary>The one of the three that a caller named.</summary>
    /// <exception cref="RoleHolderAmbiguousException">None was named, or several.</exception>
    public static RoleHolder From(Uuid? userId, Uuid? teamId, Uuid? serviceAccountId)
    {
        var named = new[] { (Given: userId, Make: (Func<Guid, RoleHolder>)User), (teamId, Team), (serviceAccountId, ServiceAccount) }
            .Where(n => n.Given is { IsAbsent: false })
            .ToArray();

        return named is [var (given, make)]
            ? make(given!.Value.Id ?? Guid.Empty)
            : throw new RoleHolderAmbiguousException("one of userId, teamUuid and serviceAccountUuid");
    }
}
