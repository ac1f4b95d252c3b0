using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Common.OutboundHttp;

/// <summary>Checks the certificate of a data plane, and says what is wrong with it.</summary>
public sealed class CertificateCheck(AuthorityFile authorities, TimeProvider clock)
{
    // Most names of a certificate that a message repeats.
    private const int MaxNames = 3;

    // A signature that does not match is usually that of another authority with the same name.
    private const X509ChainStatusFlags Untrusted =
        X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain | X509ChainStatusFlags.NotSignatureValid;

    /// <summary>
    /// TLS options without revocation look-ups and without downloads of certificates that the server's certificate points to.
    /// </summary>
    public SslClientAuthenticationOptions Options() => new()
    {
        RemoteCertificateValidationCallback = Check,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = Policy(),
    };

    /// <exception cref="OutboundFailedException">
    /// The certificate is refused. Thrown, because returning false would lose the cause.
    /// </exception>
    public bool Check(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (errors is SslPolicyErrors.None)
        {
            return true;
        }

        if (certificate is not X509Certificate2 own || chain is null)
        {
            throw new OutboundFailedException(ProbeCode.TlsFailure, "The data plane showed no certificate.");
        }

        var faults = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? FaultsOf(own, chain) : X509ChainStatusFlags.NoError;

        // In the order in which several faults have to be corrected.
        if (faults.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            throw new OutboundFailedException(ProbeCode.TlsExpired, Times(own));
        }

        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            throw new OutboundFailedException(ProbeCode.TlsNameMismatch, Names(own));
        }

        if ((faults & Untrusted) != 0)
        {
            throw new OutboundFailedException(ProbeCode.TlsUntrusted);
        }

        return faults is X509ChainStatusFlags.NoError
            ? true
            : throw new OutboundFailedException(ProbeCode.TlsFailure, $"The data plane's certificate cannot be accepted ({faults}).");
    }

    private X509ChainStatusFlags FaultsOf(X509Certificate2 certificate, X509Chain chain)
    {
        var faults = Union(chain);
        var trusted = authorities.Current;

        if (trusted.Count == 0)
        {
            return faults;
        }

        using var own = new X509Chain { ChainPolicy = Policy() };
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.CustomTrustStore.AddRange(trusted);
        own.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        own.Build(certificate);
        return Union(own);
    }

    private static X509ChainPolicy Policy() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,

        // Server authentication, as in the policy of the platform.
        ApplicationPolicy = { new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1") },
    };

    private static X509ChainStatusFlags Union(X509Chain chain)
        => chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);

    private string? Times(X509Certificate2 certificate)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());

        return now > to ? FormattableString.Invariant($"The data plane's certificate expired at {to:yyyy-MM-dd HH:mm} UTC.")
            : now < from ? FormattableString.Invariant($"The data plane's certificate is not valid before {from:yyyy-MM-dd HH:mm} UTC.")
            : null;
    }

    private static string? Names(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(san => san.EnumerateDnsNames())
            .Take(MaxNames + 1)
            .ToArray();

        var others = names.Length > MaxNames ? " and others" : "";
        return names.Length == 0 ? null : $"The data plane's certificate is for {string.Join(", ", names.Take(MaxNames))}{others}.";
    }
}
