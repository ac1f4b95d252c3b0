using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

public sealed class CertificateCheckTests : IDisposable
{
    private const string Host = "dp1.example.com";

    private readonly TestCertificates _certificates = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _certificates.Dispose();

    [Fact]
    public async Task Accepts_a_certificate_of_an_authority_that_operators_handed_in()
        => Assert.Equal(ProbeCode.Healthy, (await ProbeAsync(_certificates.Issue(Host))).Code);

    [Fact]
    public async Task Accepts_one_through_an_intermediate_that_the_data_plane_sends()
    {
        var (certificate, intermediate) = _certificates.IssueThroughIntermediate(Host);

        Assert.Equal(ProbeCode.Healthy, (await ProbeAsync(certificate, intermediates: [intermediate])).Code);
    }

    [Fact]
    public async Task Names_a_missing_intermediate()
    {
        var (certificate, _) = _certificates.IssueThroughIntermediate(Host);

        Assert.Equal(ProbeCode.TlsUntrusted, (await ProbeAsync(certificate)).Code);
    }

    [Fact]
    public async Task Names_an_expired_one()
    {
        var outcome = await ProbeAsync(_certificates.Issue(Host, TimeSpan.FromDays(-10), TimeSpan.FromDays(-1)));

        Assert.Equal(ProbeCode.TlsExpired, outcome.Code);
        Assert.Matches(@"^The data plane's certificate expired at \d{4}-\d\d-\d\d \d\d:\d\d UTC\.$", outcome.What);
    }

    [Fact]
    public async Task Names_one_that_is_not_valid_yet()
    {
        var outcome = await ProbeAsync(_certificates.Issue(Host, TimeSpan.FromDays(1), TimeSpan.FromDays(10)));

        Assert.Equal(ProbeCode.TlsExpired, outcome.Code);
        Assert.Matches("^The data plane's certificate is not valid before ", outcome.What);
    }

    [Fact]
    public async Task Names_one_for_another_host()
    {
        var outcome = await ProbeAsync(_certificates.Issue("ingress.local"));

        Assert.Equal((ProbeCode.TlsNameMismatch, "The data plane's certificate is for ingress.local."), (outcome.Code, outcome.What));
    }

    [Fact]
    public async Task Names_an_authority_that_is_not_trusted()
    {
        using var stranger = new TestCertificates();

        Assert.Equal(ProbeCode.TlsUntrusted, (await ProbeAsync(stranger.Issue(Host))).Code);
        Assert.Equal(ProbeCode.TlsUntrusted, (await ProbeAsync(TestCertificates.SelfSigned(Host))).Code);
    }

    [Fact]
    public async Task Of_several_faults_time_comes_before_name_and_name_before_trust()
    {
        var expired = TestCertificates.SelfSigned("ingress.local", ends: TimeSpan.FromDays(-1));
        var misnamed = TestCertificates.SelfSigned("ingress.local");

        Assert.Equal(ProbeCode.TlsExpired, (await ProbeAsync(expired)).Code);
        Assert.Equal(ProbeCode.TlsNameMismatch, (await ProbeAsync(misnamed)).Code);
    }

    [Fact]
    public async Task Without_authorities_handed_in_those_of_the_system_decide()
    {
        var certificate = _certificates.Issue(Host);

        Assert.Equal(ProbeCode.TlsUntrusted, (await ProbeAsync(certificate, options: Options(authorities: null))).Code);
    }

    [Fact]
    public async Task A_failed_handshake_is_not_tried_again()
    {
        await using var server = new RawServer(async (stream, cancellationToken) =>
        {
            await stream.ReadAtLeastAsync(new byte[4096], 5, cancellationToken: cancellationToken);
            await stream.WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), cancellationToken);
        });

        Assert.Equal(ProbeCode.TlsFailure, (await ProbeAsync(server)).Code);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_handshake_that_stops_ends_with_the_time_to_connect()
    {
        await using var server = RawServer.Silent();
        var options = new DataPlaneOptions
        {
            AllowLoopback = true,
            ConnectTimeout = TimeSpan.FromMilliseconds(100),
            AttemptTimeout = TimeSpan.FromSeconds(30),
            TotalTimeout = TimeSpan.FromSeconds(60),
        };

        var outcome = await ProbeAsync(server, options);

        Assert.Equal(
            (ProbeCode.Timeout, "The data plane accepted the connection, but the TLS handshake was not finished in the time allowed."), (outcome.Code, outcome.What));
    }

    [Fact]
    public async Task A_handshake_that_is_cut_off_is_a_TLS_failure()
    {
        await using var server = new RawServer((stream, cancellationToken) => stream.ReadAtLeastAsync(new byte[100], 100, cancellationToken: cancellationToken).AsTask());

        Assert.Equal(ProbeCode.TlsFailure, (await ProbeAsync(server)).Code);
    }

    [Fact]
    public async Task Old_protocols_are_a_TLS_failure()
    {
        // The answer of a server that speaks nothing newer than the client's first offer: alert 70, protocol_version.
        await using var server = new RawServer(async (stream, cancellationToken) =>
        {
            await stream.ReadAtLeastAsync(new byte[4096], 5, cancellationToken: cancellationToken);
            await stream.WriteAsync(new byte[] { 21, 3, 1, 0, 2, 2, 70 }, cancellationToken);
        });

        Assert.Equal(ProbeCode.TlsFailure, (await ProbeAsync(server)).Code);
    }

    private async Task<ProbeOutcome> ProbeAsync(
        X509Certificate2 certificate, X509Certificate2Collection? intermediates = null, DataPlaneOptions? options = null)
    {
        var context = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
        await using var server = new RawServer(async (stream, cancellationToken) =>
        {
            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificateContext = context, EnabledSslProtocols = SslProtocols.None },
                cancellationToken);
            await RawServer.ReadRequestAsync(tls, cancellationToken);
            await tls.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Length: 26\r\n\r\n{\"healthStatus\":\"HEALTHY\"}"u8.ToArray(), cancellationToken);
        });

        return await ProbeAsync(server, options);
    }

    private async Task<ProbeOutcome> ProbeAsync(RawServer server, DataPlaneOptions? options = null)
    {
        using var client = new DataPlaneClient(
            options ?? Options(_certificates.PemFile), TimeProvider.System, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]));
        return await client.GetMetadataAsync($"https://{Host}:{server.Port}", Stop);
    }

    private static DataPlaneOptions Options(string? authorities) => new() { AllowLoopback = true, TrustedAuthorities = authorities };
}
