using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>The holder of a role: one user, service account or team.</summary>
public readonly record struct RoleHolder
{
    private RoleHolder(Guid? userId, Guid? serviceAccountId, Guid? teamId)
    {
        UserId = userId;
        ServiceAccountId = serviceAccountId;
        TeamId = teamId;
    }

    public Guid? UserId { get; }

    public Guid? ServiceAccountId { get; }

    public Guid? TeamId { get; }

    public static RoleHolder User(Guid id) => new(id, null, null);

    public static RoleHolder ServiceAccount(Guid id) => new(null, id, null);

    public static RoleHolder Team(Guid id) => new(null, null, id);

    public static RoleHolder Of(RoleBinding binding) => new(binding.UserId, binding.ServiceAccountId, binding.TeamId);

    /// <summary>The holder that the caller named.</summary>
    /// <exception cref="RoleHolderAmbiguousException">None was named, or both.</exception>
    public static RoleHolder From(Uuid? userId, Uuid? serviceAccountId)
        => (userId is null or { IsAbsent: true }, serviceAccountId is null or { IsAbsent: true }) switch
        {
            (false, true) => User(userId!.Value.IdOrEmpty),
            (true, false) => ServiceAccount(serviceAccountId!.Value.IdOrEmpty),
            _ => throw new RoleHolderAmbiguousException(),
        };

    /// <summary>The holder that the caller named.</summary>
    /// <exception cref="RoleHolderAmbiguousException">None was named, or several.</exception>
    public static RoleHolder From(Uuid? userId, Uuid? teamId, Uuid? serviceAccountId)
    {
        var named = new[] { (Given: userId, Make: (Func<Guid, RoleHolder>)User), (teamId, Team), (serviceAccountId, ServiceAccount) }
            .Where(n => n.Given is { IsAbsent: false })
            .ToArray();

        return named is [var (given, make)]
            ? make(given!.Value.IdOrEmpty)
            : throw new RoleHolderAmbiguousException("one of userId, teamUuid and serviceAccountUuid");
    }
}
