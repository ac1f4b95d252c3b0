namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The outcome of one probe of a data plane: an answer that was read, or why there is none.</summary>
public sealed record ProbeOutcome
{
    private ProbeOutcome()
    {
    }

    /// <summary>The code of the outcome.</summary>
    public required ProbeCode Code { get; init; }

    /// <summary>The answer; null if there was no usable one.</summary>
    public MetadataPayload? Payload { get; private init; }

    /// <summary>The HTTP status, if the code is about one.</summary>
    public int? HttpStatus { get; private init; }

    /// <summary>What happened, a sentence that is more specific than that of the code; else null. Equal causes give equal texts.</summary>
    public string? What { get; private init; }

    /// <summary>ACTIVE for an answer that says HEALTHY, INACTIVE for everything else.</summary>
    public ClusterStatus Status => Code is ProbeCode.Healthy ? ClusterStatus.Active : ClusterStatus.Inactive;

    /// <summary>An answer was read, healthy or not.</summary>
    public static ProbeOutcome Answered(MetadataPayload payload) => new()
    {
        Payload = payload,
        Code = payload switch
        {
            { IsHealthy: true } => ProbeCode.Healthy,
            { HealthStatus.IsEmpty: true } => ProbeCode.HealthStatusMissing,
            _ => ProbeCode.ReportedUnhealthy,
        },
    };

    /// <summary>There was no usable answer.</summary>
    public static ProbeOutcome Failed(ProbeCode code, string? what = null, int? httpStatus = null)
        => new() { Code = code, What = what, HttpStatus = httpStatus };

    /// <summary>The same outcome, unless the answer is that of another data plane: the base domain is fixed at registration.</summary>
    /// <param name="registeredBaseDomain">Null if the cluster has none yet.</param>
    public ProbeOutcome For(string? registeredBaseDomain)
        => Payload?.BaseDomain is { } answered
            && registeredBaseDomain is not null
            && !answered.Equals(registeredBaseDomain, StringComparison.OrdinalIgnoreCase)
            && answered != BaseDomainForm.Of(registeredBaseDomain)
            ? Failed(
                ProbeCode.UnexpectedPayload,
                $"The answer is that of another data plane: its base domain is {answered}, registered is {registeredBaseDomain}.")
            : this;
}
