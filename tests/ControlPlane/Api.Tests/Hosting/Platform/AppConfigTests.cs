using Apc.ControlPlane.Api.Hosting.Platform;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Hosting.Platform;

public sealed class AppConfigTests(PostgresServer server)
{
    private const string Flags =
        """{"nfsMountDagDeployment":false,"hardDeleteDeployment":false,"manualNamespaceNames":false,"triggererEnabled":true,"gitSyncDagDeployment":false,"namespaceFreeFormEntry":false,"byoUpdateRegistryEnabled":false,"astroRuntimeEnabled":true,"dagOnlyDeployment":false}""";

    private readonly FakeClock _clock = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The texts of the command line client, oldest first, without a token.</summary>
    [Fact]
    public async Task Every_version_of_the_command_line_client_is_answered()
    {
        await using var host = await Installation.StartAsync(
            server,
            new()
            {
                Clock = _clock,
                Settings = ["Houston:BaseDomain=astro.example.com"],
            });

        AnswerAssert.Is("""{"data":{"appConfig":{"version":"2.1.0"}}}""", await host.AskAsync("{ appConfig { version } }"));
        AnswerAssert.Is(
            """{"data":{"appConfig":{"version":"2.1.0","baseDomain":"astro.example.com","smtpConfigured":false,"manualReleaseNames":false,"configureDagDeployment":false,"nfsMountDagDeployment":false,"manualNamespaceNames":false,"hardDeleteDeployment":false}}}""",
            await host.AskAsync(
                "query AppConfig { appConfig { version baseDomain smtpConfigured manualReleaseNames configureDagDeployment nfsMountDagDeployment manualNamespaceNames hardDeleteDeployment } }"));
        AnswerAssert.Is(
            $$"""{"data":{"appConfig":{"version":"2.1.0","hardDeleteDeployment":false,"triggererEnabled":true,"featureFlags":{{Flags}} } } }""",
            await host.AskAsync("query AppConfig { appConfig { version hardDeleteDeployment triggererEnabled featureFlags } }"));
        AnswerAssert.Is(
            $$"""{"data":{"appConfig":{"version":"2.1.0","baseDomain":"astro.example.com","byoUpdateRegistryHost":null,"smtpConfigured":false,"featureFlags":{{Flags}} } } }""",
            await host.Anonymous.SendAsync(
                """
                query AppConfig($clusterId: Uuid, $workspaceUuid: Uuid, $deploymentUuid: Uuid) {
                  appConfig(clusterId: $clusterId, workspaceUuid: $workspaceUuid, deploymentUuid: $deploymentUuid) {
                    version baseDomain byoUpdateRegistryHost smtpConfigured featureFlags
                  }
                }
                """,
                new { clusterId = "", workspaceUuid = "ckn09stlt26041rkjuzg9rz3n" },
                Cancelled));
    }

    [Fact]
    public async Task The_program_the_api_and_the_changelog_have_one_version()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock });
        var newest = File.ReadLines(Repository.PathOf("docs", "CHANGELOG.md")).First(line => line.StartsWith("## [", StringComparison.Ordinal) && !line.StartsWith("## [Unreleased]", StringComparison.Ordinal));

        Assert.StartsWith($"## [{ProductVersion.Text}]", newest, StringComparison.Ordinal);
        AnswerAssert.Is(
            $$"""{"data":{"appConfig":{"version":"2.1.0","controlPlaneVersion":"{{ProductVersion.Text}}"} } }""",
            await host.AskAsync("{ appConfig { version controlPlaneVersion } }"));
    }

    [Fact]
    public async Task A_mail_server_is_told_of()
    {
        await using var host = await Installation.StartAsync(server, new() { Clock = _clock, SendsMails = true });

        AnswerAssert.Is(
            """{"data":{"appConfig":{"baseDomain":"","smtpConfigured":true}}}""", await host.AskAsync("{ appConfig { baseDomain smtpConfigured } }"));
    }
}
