using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>A quota is used up; the code is the quota's.</summary>
/// <param name="wait">Time until another attempt is counted.</param>
public sealed class QuotaExceededException(Quota quota, TimeSpan wait)
    : DomainException(quota.Code, $"{quota.Text} Wait {SecondsOf(wait)} seconds, then try again.")
{
    public Quota Quota { get; } = quota;

    /// <summary>Whole seconds until another attempt is counted, at least 1.</summary>
    public int RetryAfter { get; } = SecondsOf(wait);

    private static int SecondsOf(TimeSpan wait) => Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds));
}
