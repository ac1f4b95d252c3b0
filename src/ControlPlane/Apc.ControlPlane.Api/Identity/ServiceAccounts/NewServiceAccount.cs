using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>What a caller says of a service account that is to be made.</summary>
public sealed record NewServiceAccount
{
    /// <summary>What people call it.</summary>
    public required string Label { get; init; }

    /// <summary>A word to group accounts by; null and empty for none.</summary>
    public string? Category { get; init; }

    /// <summary>What it belongs to.</summary>
    public required ServiceAccountEntity Entity { get; init; }

    /// <summary>The role that it gets there.</summary>
    public required Role Role { get; init; }

    /// <summary>From when on its keys are refused; null for never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }
}
