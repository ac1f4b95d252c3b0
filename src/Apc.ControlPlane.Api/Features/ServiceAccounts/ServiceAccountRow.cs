using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

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
        Active = account.Active;
        LastUsedAt = account.LastUsedAt;
        ExpiresAt = account.ExpiresAt;
        CreatedAt = account.CreatedAt;
        UpdatedAt = account.UpdatedAt;
    }

    /// <summary>The service account's id.</summary>
    public Guid Id { get; }

    /// <summary>The key for the `Authorization` header: whole in the answer that makes the account, later only its beginning.</summary>
    public string ApiKey { get; }

    /// <summary>What people call it.</summary>
    public string Label { get; }

    /// <summary>A word to group accounts by; null where none was given.</summary>
    public string? Category { get; }

    /// <summary>What the account belongs to: `SYSTEM`, the platform itself.</summary>
    public string EntityType => "SYSTEM";

    /// <summary>The workspace or deployment that the account belongs to; null for the platform's own.</summary>
    public Guid? EntityUuid => null;

    /// <summary>The workspace that the account belongs to; null for the platform's own.</summary>
    public Guid? WorkspaceUuid => null;

    /// <summary>The deployment that the account belongs to; null for the platform's own.</summary>
    public Guid? DeploymentUuid => null;

    /// <summary>Whether the key may be used.</summary>
    public bool Active { get; }

    /// <summary>When the key was last used, exact to a minute; null before the first use.</summary>
    public DateTimeOffset? LastUsedAt { get; }

    /// <summary>From when on the key is refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset CreatedAt { get; }

    /// <summary>When the account was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; }

    /// <summary>What answers show of the account.</summary>
    public static ServiceAccountRow Of(ServiceAccount account)
        => new(account, AccessToken.Mask(AccessTokenKind.ServiceAccount, account.PublicId));

    /// <summary>The account together with its whole key, for the one answer that shows it.</summary>
    public static ServiceAccountRow Of(ServiceAccount account, IssuedToken key) => new(account, key.Text);
}
