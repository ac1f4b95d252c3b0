using Apc.ControlPlane.Api.Common.OutboundHttp;
using Apc.TestKit;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Fleet.DataPlane;

/// <summary>Authorities that change under a running host, as Kubernetes swaps secrets that are mounted.</summary>
public sealed class AuthorityFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();
    private readonly TestCertificates _first = new();
    private readonly TestCertificates _second = new();
    private readonly FakeClock _clock = new();
    private readonly FakeLoggerProvider _log = new();

    private string Mounted => Path.Combine(_folder.FullName, "ca.pem");

    [Fact]
    public void A_swapped_link_is_followed_within_seconds_whatever_the_times_of_the_files_say()
    {
        MountLinked("a", _first);
        var file = new AuthorityFile(Mounted, _clock, _log.CreateLogger(""));
        Assert.Equal([Thumbprint(_first)], Thumbprints(file));

        MountLinked("b", _second);
        File.SetLastWriteTimeUtc(Path.Combine(_folder.FullName, "b", "ca.pem"), File.GetLastWriteTimeUtc(Path.Combine(_folder.FullName, "a", "ca.pem")));
        _clock.Advance(AuthorityFile.Pause - TimeSpan.FromTicks(1));
        Assert.Equal([Thumbprint(_first)], Thumbprints(file));
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal([Thumbprint(_second)], Thumbprints(file));
        Assert.Equal([$"Information: The authorities in {Mounted} have changed; there are 1 now."], _log.Lines);
    }

    [Theory]
    [InlineData("", "It holds no certificate.")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----", "It holds no certificate.")]
    public void A_file_that_cannot_be_used_leaves_the_authorities_and_is_told_once(string content, string problem)
    {
        File.Copy(_first.PemFile, Mounted);
        var file = new AuthorityFile(Mounted, _clock, _log.CreateLogger(""));
        File.WriteAllText(Mounted, content);

        for (var i = 0; i < 3; i++)
        {
            _clock.Advance(AuthorityFile.Pause);
            Assert.Equal([Thumbprint(_first)], Thumbprints(file));
        }

        Assert.Equal([$"Warning: The authorities in {Mounted} cannot be read again; those read before stay trusted. {problem}"], _log.Lines);
        File.Copy(_second.PemFile, Mounted, overwrite: true);
        _clock.Advance(AuthorityFile.Pause);
        Assert.Equal([Thumbprint(_second)], Thumbprints(file));
    }

    [Fact]
    public void A_certificate_that_is_cut_off_and_a_file_that_is_gone_leave_the_authorities()
    {
        File.Copy(_first.PemFile, Mounted);
        var file = new AuthorityFile(Mounted, _clock, _log.CreateLogger(""));

        File.WriteAllText(Mounted, File.ReadAllText(_second.PemFile).Replace("A", "B", StringComparison.Ordinal));
        _clock.Advance(AuthorityFile.Pause);
        Assert.Equal([Thumbprint(_first)], Thumbprints(file));
        File.Delete(Mounted);
        _clock.Advance(AuthorityFile.Pause);
        Assert.Equal([Thumbprint(_first)], Thumbprints(file));
        Assert.Equal(2, _log.Lines.Count);
        Assert.All(_log.Lines, line => Assert.StartsWith("Warning: ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void No_file_is_no_authority()
        => Assert.Empty(new AuthorityFile(path: null, _clock, _log.CreateLogger("")).Current);

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>A folder for each version, a link that leads to the newest, and a link to the file in that.</summary>
    private void MountLinked(string version, TestCertificates certificates)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.FullName, version));
        File.Copy(certificates.PemFile, Path.Combine(folder.FullName, "ca.pem"));
        var data = Path.Combine(_folder.FullName, "..data");
        File.Delete(data);
        File.CreateSymbolicLink(data, version);

        if (!File.Exists(Mounted))
        {
            File.CreateSymbolicLink(Mounted, Path.Combine("..data", "ca.pem"));
        }
    }

    private static string Thumbprint(TestCertificates certificates)
    {
        using var certificate = System.Security.Cryptography.X509Certificates.X509CertificateLoader.LoadCertificateFromFile(certificates.PemFile);
        return certificate.Thumbprint;
    }

    private static IEnumerable<string> Thumbprints(AuthorityFile file) => file.Current.Select(c => c.Thumbprint);
}
