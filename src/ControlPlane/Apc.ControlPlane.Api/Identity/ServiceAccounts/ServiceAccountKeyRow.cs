using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A key of a service account. The key itself is shown once, by the operation that makes it.</summary>
[GraphQLName("ServiceAccountKey")]
public sealed record ServiceAccountKeyRow
{
    /// <summary>The beginning of the key, such as `apc_s_4fGh2kLm`, by which logs and audit rows name it.</summary>
    public required string PublicId { get; init; }

    /// <summary>The id of the person who made the key, and has seen it; null where that is not known. They may have been removed since.</summary>
    public Guid? CreatedById { get; init; }

    /// <summary>When the key was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>From when on the key is refused; null for the newest one, which ends with its account alone.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the key was last used, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>What answers show of the key.</summary>
    public static ServiceAccountKeyRow Of(ServiceAccountKey key) => new()
    {
        PublicId = AccessToken.Mask(AccessTokenKind.ServiceAccount, key.PublicId),
        CreatedById = key.CreatedById,
        CreatedAt = key.CreatedAt,
        ExpiresAt = key.ExpiresAt,
        LastUsedAt = key.LastUsedAt,
    };
}
