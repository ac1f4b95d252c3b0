namespace Apc.ControlPlane.Domain.Access;

/// <summary>How long a service account may live, where it is to end by itself.</summary>
public static class ServiceAccountExpiry
{
    /// <summary>Most years from now.</summary>
    public const int MaxYears = 10;

    /// <summary>Whether an account may be made to end then: in the future, and at most <see cref="MaxYears"/> years from now.</summary>
    public static bool IsAllowed(DateTimeOffset expiresAt, DateTimeOffset now) => expiresAt > now && expiresAt <= now.AddYears(MaxYears);
}
