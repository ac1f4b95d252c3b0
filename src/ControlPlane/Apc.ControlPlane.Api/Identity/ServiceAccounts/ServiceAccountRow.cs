using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A program that uses the platform.</summary>
/// <remarks>What answers show of a <see cref="ServiceAccount"/>. Not a record: a record would print the key.</remarks>
[GraphQLName("ServiceAccount")]
public sealed class ServiceAccountRow
{
    private readonly ServiceAccount _account;

    private ServiceAccountRow(ServiceAccount account, string apiKey) => (_account, ApiKey) = (account, apiKey);

    /// <summary>The service account's id.</summary>
    public Guid Id => _account.Id;

    /// <summary>The newest key for the `Authorization` header: whole in the answer that makes it, later only its beginning.</summary>
    public string ApiKey { get; }

    /// <summary>Its name for people.</summary>
    public string Label => _account.Label;

    /// <summary>A word to group accounts by; null for none.</summary>
    public string? Category => _account.Category;

    /// <summary>What the account belongs to: `SYSTEM` for the platform itself, `WORKSPACE`, `DEPLOYMENT` or `CLUSTER`.</summary>
    public string EntityType => EnumTexts.Of(_account.EntityType);

    /// <summary>The workspace, deployment or cluster that the account belongs to; null for the platform's own.</summary>
    public Guid? EntityUuid => _account.Entity.Id;

    /// <summary>The workspace that the account belongs to; null if it belongs to something else.</summary>
    public Guid? WorkspaceUuid => _account.WorkspaceId;

    /// <summary>The deployment that the account belongs to; null if it belongs to something else.</summary>
    public Guid? DeploymentUuid => _account.DeploymentId;

    /// <summary>The cluster that the account belongs to; null if it belongs to something else.</summary>
    public Guid? ClusterId => _account.ClusterId;

    /// <summary>Whether its keys may be used.</summary>
    public bool Active => _account.Active;

    /// <summary>When one of its keys was last used, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt => _account.LastUsedAt;

    /// <summary>From when on all its keys are refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt => _account.ExpiresAt;

    /// <summary>
    /// The id of the user who made the account, or who made the service account that made it; null if it is not known. They may have been
    /// removed since.
    /// </summary>
    public Guid? CreatedById => _account.CreatedById;

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt => _account.CreatedAt;

    /// <summary>When the account was last changed.</summary>
    public DateTimeOffset UpdatedAt => _account.UpdatedAt;

    /// <param name="account">The account.</param>
    /// <param name="publicId">The public id of its newest key.</param>
    public static ServiceAccountRow Of(ServiceAccount account, string publicId)
        => new(account, AccessToken.Mask(AccessTokenKind.ServiceAccount, publicId));

    /// <summary>The account with its whole key, for the one answer that shows it.</summary>
    public static ServiceAccountRow Of(ServiceAccount account, IssuedToken key) => new(account, key.Text);
}

/// <summary>A key of a service account. The key itself is shown once, by the operation that makes it.</summary>
[GraphQLName("ServiceAccountKey")]
public sealed class ServiceAccountKeyRow(ServiceAccountKey key)
{
    /// <summary>The beginning of the key, such as `apc_s_4fGh2kLm`, by which logs and audit rows name it.</summary>
    public string PublicId { get; } = AccessToken.Mask(AccessTokenKind.ServiceAccount, key.PublicId);

    /// <summary>The id of the user who made the key, and has seen it; null if it is not known. They may have been removed since.</summary>
    public Guid? CreatedById => key.CreatedById;

    /// <summary>When the key was made.</summary>
    public DateTimeOffset CreatedAt => key.CreatedAt;

    /// <summary>From when on the key is refused; null for the newest one, which ends with its account alone.</summary>
    public DateTimeOffset? ExpiresAt => key.ExpiresAt;

    /// <summary>When the key was last used, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt => key.LastUsedAt;
}
