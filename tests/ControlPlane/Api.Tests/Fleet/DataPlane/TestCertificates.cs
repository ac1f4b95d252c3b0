using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>An authority made for a test, and certificates from it.</summary>
internal sealed class TestCertificates : IDisposable
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private readonly X509Certificate2 _root = Authority("test root", issuer: null);
    private readonly string _pemFile = Path.GetTempFileName();

    public TestCertificates() => File.WriteAllText(_pemFile, _root.ExportCertificatePem());

    /// <summary>The authority, as operators hand it in.</summary>
    public string PemFile => _pemFile;

    /// <summary>A certificate that the authority signed.</summary>
    public X509Certificate2 Issue(string host, TimeSpan? begins = null, TimeSpan? ends = null)
        => Sign(host, _root, begins ?? TimeSpan.FromDays(-1), ends ?? TimeSpan.FromDays(30));

    /// <summary>A certificate that another authority signed, which the first one signed.</summary>
    public (X509Certificate2 Certificate, X509Certificate2 Intermediate) IssueThroughIntermediate(string host)
    {
        var intermediate = Authority("test intermediate", _root);
        return (Sign(host, intermediate, TimeSpan.FromDays(-1), TimeSpan.FromDays(30)), intermediate);
    }

    /// <summary>A certificate that nobody but itself vouches for.</summary>
    public static X509Certificate2 SelfSigned(string host, TimeSpan? ends = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = Request(host, key);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var certificate = request.CreateSelfSigned(Now.AddDays(-2), Now + (ends ?? TimeSpan.FromDays(30)));
        return Usable(certificate);
    }

    public void Dispose()
    {
        _root.Dispose();
        File.Delete(_pemFile);
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? issuer)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));

        if (issuer is null)
        {
            return request.CreateSelfSigned(Now.AddYears(-1), Now.AddYears(1));
        }

        using var signed = request.Create(issuer, Now.AddMonths(-6), Now.AddMonths(6), Guid.CreateVersion7(Now).ToByteArray());
        return signed.CopyWithPrivateKey(key);
    }

    private static X509Certificate2 Sign(string host, X509Certificate2 issuer, TimeSpan begins, TimeSpan ends)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var signed = Request(host, key).Create(issuer, Now + begins, Now + ends, Guid.CreateVersion7(Now).ToByteArray());
        using var certificate = signed.CopyWithPrivateKey(key);
        return Usable(certificate);
    }

    private static CertificateRequest Request(string host, ECDsa key)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        var request = new CertificateRequest("CN=" + host, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        return request;
    }

    private static X509Certificate2 Usable(X509Certificate2 certificate)
        => X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
}
