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
    private ServiceAccountRow(ServiceAccount account, string apiKey)
    {
        Id = account.Id;
        ApiKey = apiKey;
        Label = account.Label;
        Category = account.Category;
        Entity = account.Entity;
        Active = account.Active;
        LastUsedAt = account.LastUsedAt;
        ExpiresAt = account.ExpiresAt;
        CreatedById = account.CreatedById;
        CreatedAt = account.CreatedAt;
        UpdatedAt = account.UpdatedAt;
    }

    /// <summary>The service account's id.</summary>
    public Guid Id { get; }

    /// <summary>The newest key for the `Authorization` header: whole in the answer that makes it, later only its beginning.</summary>
    public string ApiKey { get; }

    /// <summary>What people call it.</summary>
    public string Label { get; }

    /// <summary>A word to group accounts by; null where none was given.</summary>
    public string? Category { get; }

    /// <summary>What the account belongs to: `SYSTEM` for the platform itself, `WORKSPACE`, `DEPLOYMENT` or `CLUSTER`.</summary>
    public string EntityType => EnumTexts.Of(Entity.Type);

    /// <summary>The workspace, deployment or cluster that the account belongs to; null for the platform's own.</summary>
    public Guid? EntityUuid => Entity.Id;

    /// <summary>The workspace that the account belongs to; null where it belongs to something else.</summary>
    public Guid? WorkspaceUuid => Entity.WorkspaceId;

    /// <summary>The deployment that the account belongs to; null where it belongs to something else.</summary>
    public Guid? DeploymentUuid => Entity.DeploymentId;

    /// <summary>The cluster that the account belongs to; null where it belongs to something else.</summary>
    public Guid? ClusterId => Entity.ClusterId;

    /// <summary>Whether its keys may be used.</summary>
    public bool Active { get; }

    /// <summary>When one of its keys was last used, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; }

    /// <summary>From when on all its keys are refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>The id of the person who made the account, or who made the service account that did; null where that is not known. They may have been removed since.</summary>
    public Guid? CreatedById { get; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the account was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>What it belongs to.</summary>
    [GraphQLIgnore]
    public ServiceAccountEntity Entity { get; }

    /// <summary>What answers show of the account.</summary>
    /// <param name="account">The account.</param>
    /// <param name="publicId">That of its newest key.</param>
    public static ServiceAccountRow Of(ServiceAccount account, string publicId)
        => new(account, AccessToken.Mask(AccessTokenKind.ServiceAccount, publicId));

    /// <summary>The account together with its whole key, for the one answer that shows it.</summary>
    public static ServiceAccountRow Of(ServiceAccount account, IssuedToken key) => new(account, key.Text);
}
