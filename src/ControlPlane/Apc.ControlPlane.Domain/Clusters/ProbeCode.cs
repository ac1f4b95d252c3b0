using System.Collections.Immutable;

namespace Apc.ControlPlane.Domain.Clusters;

/// <summary>The outcomes of probes, a closed list, one for each cause. <see cref="ProbeCodes"/> has their wire names and texts.</summary>
public enum ProbeCode
{
    /// <summary>It answered and reports <c>HEALTHY</c>: the only code that means ACTIVE.</summary>
    Healthy,

    /// <summary>It answered and reports another value.</summary>
    ReportedUnhealthy,

    /// <summary>It answered without a <c>healthStatus</c>, or with null.</summary>
    HealthStatusMissing,

    /// <summary>Its name could not be resolved.</summary>
    DnsFailure,

    /// <summary>Nothing accepts connections there, or no route leads there.</summary>
    ConnectionRefused,

    /// <summary>The connection broke before the answer was complete.</summary>
    ConnectionReset,

    /// <summary>Its certificate, or one above it, has expired or is not valid yet.</summary>
    TlsExpired,

    /// <summary>Its certificate is for other names.</summary>
    TlsNameMismatch,

    /// <summary>Its certificate comes from an authority that is not trusted.</summary>
    TlsUntrusted,

    /// <summary>Any other failure to agree on TLS.</summary>
    TlsFailure,

    /// <summary>No complete answer in the time allowed.</summary>
    Timeout,

    /// <summary>It answered with a status outside 2xx and 3xx, or with 304, although the request had no condition.</summary>
    HttpStatus,

    /// <summary>It answered with a redirect, which is never followed.</summary>
    RedirectRefused,

    /// <summary>The address may not be called because of its kind, its scheme, or the allow-list.</summary>
    AddressRefused,

    /// <summary>The answer is larger than <see cref="MetadataPayload.MaxBytes"/>, counted after decompression.</summary>
    BodyTooLarge,

    /// <summary>The answer is not JSON, or has <c>healthStatus</c> twice.</summary>
    InvalidJson,

    /// <summary>The answer is JSON, but not the metadata of this data plane.</summary>
    UnexpectedPayload,
}

/// <summary>The texts of a code.</summary>
/// <param name="Code">The cause.</param>
/// <param name="Name">The wire name, in <c>statusReason.code</c>.</param>
/// <param name="What">What happened, a sentence; used if the outcome has no sentence of its own.</param>
/// <param name="Next">What to do next, a sentence.</param>
public sealed record ProbeCodeText(ProbeCode Code, string Name, string What, string Next);

/// <summary>Every code with its texts, and the classes of codes that decisions use.</summary>
public static class ProbeCodes
{
    /// <summary>In the order of <see cref="ProbeCode"/>.</summary>
    public static ImmutableArray<ProbeCodeText> All { get; } =
    [
        new(ProbeCode.Healthy, "HEALTHY",
            "The data plane reports that it is healthy.",
            "Nothing needs to be done."),
        new(ProbeCode.ReportedUnhealthy, "REPORTED_UNHEALTHY",
            "The data plane answers, but does not report HEALTHY.",
            "Look at the deployment orchestrator and its pods in the data plane; its whole answer is in healthStatus."),
        new(ProbeCode.HealthStatusMissing, "HEALTH_STATUS_MISSING",
            "The data plane answers, but says nothing about its health.",
            "Check the version of its deployment orchestrator, and that the metadata URL leads to it; "
                + "the whole answer is in healthStatus."),
        new(ProbeCode.DnsFailure, "DNS_FAILURE",
            "The name of the data plane cannot be resolved.",
            "Check its DNS record, and that the control plane's resolver can see it."),
        new(ProbeCode.ConnectionRefused, "CONNECTION_REFUSED",
            "Nothing accepts connections at the data plane's address.",
            "Check that its deployment orchestrator and ingress run, and that no firewall rejects the control plane."),
        new(ProbeCode.ConnectionReset, "CONNECTION_RESET",
            "The connection broke before the answer was complete.",
            "Check the data plane's ingress, and the firewalls and proxies in between; see whether its pods are restarting."),
        new(ProbeCode.TlsExpired, "TLS_EXPIRED",
            "The data plane's certificate has expired or is not valid yet.",
            "Renew its certificate; where it looks right, compare the clocks of both sides."),
        new(ProbeCode.TlsNameMismatch, "TLS_NAME_MISMATCH",
            "The data plane's certificate is for another name.",
            "Issue a certificate that contains the host of the metadata URL, or register the name that the certificate has."),
        new(ProbeCode.TlsUntrusted, "TLS_UNTRUSTED",
            "The data plane's certificate comes from an authority that the control plane does not trust.",
            "Add the authority to those that the control plane trusts, and let the data plane send its intermediate certificates."),
        new(ProbeCode.TlsFailure, "TLS_FAILURE",
            "The data plane and the control plane could not agree on TLS.",
            "Check that its port speaks TLS 1.2 or later, and that nothing in between interrupts it."),
        new(ProbeCode.Timeout, "TIMEOUT",
            "The data plane gave no complete answer in the time allowed.",
            "Check the network path and firewalls, and whether its deployment orchestrator is overloaded."),
        new(ProbeCode.HttpStatus, "HTTP_STATUS",
            "The data plane answered with an HTTP error.",
            "Call its /metadata by hand, and read the logs of its ingress and deployment orchestrator."),
        new(ProbeCode.RedirectRefused, "REDIRECT_REFUSED",
            "The data plane answered with a redirect, which is not followed.",
            "Register the address that it leads to, if that is the data plane."),
        new(ProbeCode.AddressRefused, "ADDRESS_REFUSED",
            "The metadata URL leads to an address that may not be called.",
            "Check its DNS record, and the DataPlanes settings of the control plane."),
        new(ProbeCode.BodyTooLarge, "BODY_TOO_LARGE",
            "The answer is larger than 1 MiB.",
            "Check that the metadata URL leads to the deployment orchestrator."),
        new(ProbeCode.InvalidJson, "INVALID_JSON",
            "The answer is not JSON.",
            "Call its /metadata by hand: an error page of an ingress or a proxy may stand in for the deployment orchestrator."),
        new(ProbeCode.UnexpectedPayload, "UNEXPECTED_PAYLOAD",
            "The answer is not the metadata of this data plane.",
            "Check that the metadata URL leads to the right deployment orchestrator, and its version."),
    ];

    /// <summary>The texts of a code.</summary>
    public static ProbeCodeText Text(this ProbeCode code) => All[(int)code];

    /// <summary>Whether an answer was read, so that the cluster counts as observed.</summary>
    public static bool IsAnswer(this ProbeCode code)
        => code is ProbeCode.Healthy or ProbeCode.ReportedUnhealthy or ProbeCode.HealthStatusMissing;

    /// <summary>Whether a broken network of the control plane itself could cause it.</summary>
    public static bool IsNetworkClass(this ProbeCode code)
        => code is ProbeCode.DnsFailure or ProbeCode.ConnectionRefused or ProbeCode.ConnectionReset or ProbeCode.Timeout;
}
