using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Common.Settings;

/// <summary>Texts that name something: an address, a domain, a file, a schedule. Every text of every options class has a place in this table.</summary>
public sealed class StrictTextTests : IDisposable
{
    private static readonly string[] NoDomains =
        ["example.com.", ".example.com", "exa mple.com", "example..com", "-example.com", "example-.com", "example_.com", "http://example.com", "example.com/", "example.com:80",
         "user@example.com", "127.0.0.1", "127.1", "0x7f.1", "2130706433", "[::1]", "::1", "ex\u00e4mple.com", "example\uff0ecom", "\uff11\uff12\uff17.0.0.1", "example.com,example.org", "*.example.com", "example.com?"];

    private static readonly string[] NoHosts = [.. NoDomains.Except(["127.0.0.1", "::1", ".example.com"]), "127.0.0.1:25", "127.0.0.01", "fe80::1%eth0", "1.2.3", "1.2.3.4.5"];

    private static readonly string[] NoNetworks =
        ["10.0.0.0", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10/8", "10.0.0.1/8", "010.0.0.0/8", "0x0a.0.0.0/8", "10.0.0.0/255.0.0.0", "10.0.0.0-10.0.0.9",
         "10.0.0.0/8,11.0.0.0/8", "fd00::/129", "fd00::1/8", "fd00::%1/8", "[fd00::]/8", "example.com/8", "\uff11\uff10.0.0.0/8", "10.0.0.0/ 8", "*"];

    private static readonly string[] NoProxies = ["127.1", "0x7f000001", "10.0.0.01", "10.0.0.1:80", "10.0.0.0/8", "[::1]", "fe80::1%eth0", "::ffff:10.0.0.1", "localhost", "*", "\uff11\uff10.0.0.1"];

    private static readonly string[] NoAddresses =
        ["example.com", "//example.com", "http//example.com", "http:/example.com", "http:example.com", "https://", "https:///x", "ftp://example.com", "https://example.com:", "https://example.com:0",
         "https://example.com:99999", "https://example.com:080", "https://example.com:8o", "https://user@example.com", "https://user:pw@example.com", "https://example.com#x", "https://example.com\\x",
         "https://exa mple.com", "https://example.com.", "https://127.1", "https://2130706433", "https://0x7f000001", "https://0177.0.0.1", "https://[::1", "https://[fe80::1%25eth0]", "https://ex\u00e4mple.com",
         "https://\u2460\u2461\u2466.0.0.1", "https://example.com/a b"];

    private static readonly string[] NoFiles = ["/nowhere.pem", "~/ca.pem", "$HOME/ca.pem", "file:///etc/hosts", "/", "/tmp", "/etc/passwd"];

    private static readonly string[] NoSchedules =
        ["0", "* * * *", "* * * * * * * *", "60 * * * *", "* 24 * * *", "* * 0 * *", "* * * 13 *", "* * * * 8", "-1 * * * *", "*/0 * * * *", "1e1 * * * *", "0x1 * * * *", "1.5 * * * *", "\uff11 * * * *",
         "0;* * * *", "@hourlly", "every hour", "0 * * * * ?x", "0 0 31 2 *", "5-1- * * * *", "a * * * *"];

    private static readonly string[] NoMailAddresses = ["admin", "admin@", "@example.com", "a b@example.com", "admin@exam ple.com", "admin@@example.com"];

    private static readonly string[] NoPaths = ["~/data", "$HOME/data", "/data/${NAME}"];

    private static readonly string[] NoCallbacks = ["/v1/oauth", "v1/oauth/callback", "/v1/oauth/callback/../x", "/v1/oauth/callback/A", "/v1/oauth/callback?x", "https://example.com/v1/oauth/callback", "/v1/oauth/callback//"];

    private readonly string _key = Path.GetTempFileName();

    /// <summary>What names nothing in the sense of the setting; null for texts that may be any.</summary>
    private static readonly Dictionary<string, string[]?> Wrong = new()
    {
        ["Auth:Providers:acme:DisplayName"] = null,
        ["Auth:Providers:acme:ClientId"] = null,
        ["Auth:Providers:acme:ClientSecret"] = null,
        ["Auth:Providers:acme:Authority"] = NoAddresses,
        ["Auth:Providers:acme:AuthorizationEndpoint"] = NoAddresses,
        ["Auth:Providers:acme:TokenEndpoint"] = NoAddresses,
        ["Auth:Providers:acme:UserInfoEndpoint"] = NoAddresses,
        ["Auth:Providers:acme:CallbackPath"] = NoCallbacks,
        ["Auth:Providers:acme:Scopes"] = null,
        ["Auth:Providers:acme:GroupClaim"] = null,
        ["Auth:Providers:acme:Groups:key"] = null,
        ["Auth:Providers:acme:AllowedDomains:0"] = NoDomains,
        ["Bootstrap:AdminEmail"] = NoMailAddresses,
        ["Bootstrap:AdminPassword"] = null,
        ["Bootstrap:ClaimCodeFile"] = NoPaths,
        ["DataPlanes:AllowedNetworks:0"] = NoNetworks,
        ["DataPlanes:AllowedHosts:0"] = NoHosts,
        ["DataPlanes:TrustedAuthorities"] = NoFiles,
        ["Database:Embedded:DataDirectory"] = NoPaths,
        ["Database:Embedded:BinDirectory"] = NoPaths,
        ["Demo:SimulatorUrl"] = NoAddresses,
        ["ForwardedHeaders:KnownNetworks:0"] = NoNetworks,
        ["ForwardedHeaders:KnownProxies:0"] = NoProxies,
        ["GraphQL:TrustedDocuments:Folder"] = null,
        ["Houston:AllowedSystemLevelDomains:0"] = NoDomains,
        ["Houston:BaseDomain"] = NoDomains,
        ["Houston:PublicUrl"] = [.. NoAddresses, "https://example.com?x"],
        ["Houston:CookieDomain"] = NoDomains,
        ["Houston:ExternalSignupUrl"] = NoAddresses,
        ["Houston:CleanupClusterAudits:Schedule"] = NoSchedules,
        ["Houston:SyncDataplaneClusters:Schedule"] = NoSchedules,
        ["Smtp:Host"] = NoHosts,
        ["Smtp:User"] = null,
        ["Smtp:Password"] = null,
        ["Smtp:From"] = NoMailAddresses,
        ["Smtp:TrustedAuthorities"] = NoFiles,
    };

    public static TheoryData<int> Rounds => [.. Enumerable.Range(0, Wrong.Values.Max(values => values?.Length ?? 0))];

    [Fact]
    public void Every_text_is_known_here()
    {
        var texts = AllSettings.Walk().Where(s => s.Type == typeof(string)).Select(s => s.Name).ToArray();

        Problems.AreNone(
            texts.Except(Wrong.Keys).Select(name => $"StrictTextTests.Wrong lacks wrong values of {name}, or null if there are none.")
                .Concat(Wrong.Keys.Except(texts).Select(name => $"StrictTextTests.Wrong has {name}, which is no setting.")));
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public async Task A_text_that_names_nothing_stops_the_start(int round)
    {
        var wrong = Wrong.Where(w => w.Value is not null).Select(w => (Name: w.Key, Value: w.Value![round % w.Value.Length])).ToDictionary(w => w.Name, w => w.Value);

        // What goes with them, so that nothing but the value is to blame.
        string[] further =
        [
            "--Bootstrap:AdminPassword=Correct-horse-1", "--Auth:Providers:acme:ClientId=x", "--Auth:Providers:acme:ClientSecret=a-secret-of-the-provider",
            "--Smtp:Password=x", "--Smtp:User=x",
        ];
        var problems = await AllSettings.ProblemsAsync(wrong.Select(w => $"--{w.Key}={w.Value}").Concat(further));

        Assert.Equal([], wrong.Where(w => !problems.Any(p => p.StartsWith(NameIn(w.Key), StringComparison.Ordinal) && p.Contains(w.Value, StringComparison.Ordinal)))
            .Select(w => $"{w.Key}={w.Value}"));
    }

    [Fact]
    public async Task A_file_of_authorities_without_a_certificate_stops_the_start()
    {
        await File.WriteAllTextAsync(_key, "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n", TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                $"DataPlanes:TrustedAuthorities: the file '{_key}' holds no certificate; allowed is the path of a PEM file.",
                $"Smtp:TrustedAuthorities ('{_key}') holds no certificate.",
            ],
            (await AllSettings.ProblemsAsync($"--DataPlanes:TrustedAuthorities={_key}", $"--Smtp:TrustedAuthorities={_key}")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_is_meant_is_accepted()
        => Assert.Equal([], await AllSettings.ProblemsAsync(
            "--DataPlanes:AllowedNetworks:0=10.0.0.0/8",
            "--DataPlanes:AllowedNetworks:1=fd00::/8",
            "--DataPlanes:AllowedHosts:0=.example.com",
            "--DataPlanes:AllowedHosts:1=dp-1.example.com",
            "--DataPlanes:AllowedHosts:2=10.0.0.1",
            "--Houston:AllowedSystemLevelDomains:0=Example.com",
            "--Houston:BaseDomain=xn--exmple-cua.com",
            "--Houston:PublicUrl=https://houston.example.com:8443/base/",
            "--Houston:CookieDomain=example.com",
            "--Houston:ExternalSignupUrl=https://example.com/join?from=apc",
            "--Houston:SyncDataplaneClusters:Schedule=*/15 0-6 * * MON-FRI",
            "--Houston:CleanupClusterAudits:Schedule=0 0 12 ? * WED",
            "--Houston:InvitationLifetime=30.00:00:00",
            "--Smtp:Host=::1",
            "--Smtp:From=apc@example.com",
            "--Demo:SimulatorUrl=http://[::1]:8872/"));

    public void Dispose() => File.Delete(_key);

    // Messages about an element of a list name the list.
    private static string NameIn(string setting) => setting.EndsWith(":0", StringComparison.Ordinal) ? setting[..^2] : setting;
}
