using Apc.ControlPlane.Api.Identity.Invitations;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>A share of the platform: it owns deployments, and users, teams and service accounts hold roles in it.</summary>
/// <remarks>What answers show of a <see cref="Workspace"/>.</remarks>
[GraphQLName("Workspace")]
public sealed record WorkspaceRow
{
    private const string NoBilling = "There is no billing; this is always null.";

    private static readonly byte[] NoProperties = "{}"u8.ToArray();

    /// <summary>The workspace's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The workspace's id.</summary>
    [GraphQLDeprecated("Use `id`.")]
    public Guid Uuid => Id;

    /// <summary>Its name for people; unique on the platform.</summary>
    public required string Label { get; init; }

    /// <summary>What it is for; null if it has no description.</summary>
    public string? Description { get; init; }

    /// <summary>Whether it can be used, which is always so.</summary>
    public bool Active => true;

    /// <summary>Further properties; none are kept, so this is an empty object.</summary>
    [GraphQLType("JSON")]
    public byte[] Properties => NoProperties;

    /// <summary>The invitation that the mutation of this answer made; null for none.</summary>
    [GraphQLIgnore]
    public IssuedInvitation? Issued { get; init; }

    /// <summary>When the workspace was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the workspace was last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Always null.</summary>
    [GraphQLDeprecated(NoBilling)]
    public string? StripeCustomerId => null;

    /// <summary>Always null.</summary>
    [GraphQLDeprecated(NoBilling)]
    public DateTimeOffset? TrialEndsAt => null;

    /// <summary>Always null.</summary>
    [GraphQLDeprecated(NoBilling)]
    public bool? BillingEnabled => null;

    /// <summary>Always null.</summary>
    [GraphQLDeprecated(NoBilling)]
    public bool? PaywallEnabled => null;

    public static WorkspaceRow Of(Workspace workspace) => new()
    {
        Id = workspace.Id,
        Label = workspace.Label,
        Description = workspace.Description,
        CreatedAt = workspace.CreatedAt,
        UpdatedAt = workspace.UpdatedAt,
    };
}
