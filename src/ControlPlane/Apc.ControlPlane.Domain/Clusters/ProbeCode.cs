namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>What a probe of a data plane came to: one word a cause, a closed list. Wire names and texts stand in <see cref="ProbeCodes"/>.</summary>
public enum ProbeCode
{
    /// <summary>It answered and reports <c>HEALTHY</c>: the only code that means ACTIVE.</summary>
    Healthy,

    /// <summary>It answered and reports something else.</summary>
    ReportedUnhealthy,

    /// <summary>It answered without a <c>healthStatus</c>, or with null.</summary>
    HealthStatusMissing,

    /// <summary>Its name could not be resolved.</summary>
    DnsFailure,

    /// <summary>Nothing accepts connections there, or no route leads there.</summary>
    ConnectionRefused,

    /// <summary>The connection broke before the answer was complete.</summary>
    ConnectionReset,

    /// <summary>Its certificate, or one above it, is outside its time.</summary>
    TlsExpired,

    /// <summary>Its certificate is for other names.</summary>
    TlsNameMismatch,

    /// <summary>Its certificate comes from no authority that is trusted here.</summary>
    TlsUntrusted,

    /// <summary>Any other failure to agree on TLS.</summary>
    TlsFailure,

    /// <summary>No complete answer in the time allowed.</summary>
    Timeout,

    /// <summary>It answered with a status outside 2xx and 3xx, or with 304, which was not asked for.</summary>
    HttpStatus,

    /// <summary>It answered with a redirect, which is never followed.</summary>
    RedirectRefused,

    /// <summary>The address may not be probed: its kind, its scheme, or the allow-list.</summary>
    AddressRefused,

    /// <summary>The answer is larger than <see cref="MetadataPayload.MaxBytes"/>, counted after decompression.</summary>
    BodyTooLarge,

    /// <summary>The answer is not JSON, or has its health twice.</summary>
    InvalidJson,

    /// <summary>The answer is JSON, but not the metadata of this data plane.</summary>
    UnexpectedPayload,
}
