namespace Apc.ControlPlane.Api.Tests.Hosting;

/// <summary>A slip on the command line must not do the real thing: one message, exit code 1, and nothing is made or changed.</summary>
public sealed class HostCommandsTests : IDisposable
{
    private const string NotStarted = "The control plane cannot start. ";

    // Where a private server would put its data.
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    [Theory]
    [InlineData("--dry-rum is no option of cleanup-cluster-audits; did you mean --dry-run?", "cleanup-cluster-audits", "--dry-rum")]
    [InlineData("--dryrun is no option of cleanup-cluster-audits; did you mean --dry-run?", "cleanup-cluster-audits", "--dryrun=true")]
    [InlineData("--older-then is no option of cleanup-cluster-audits; did you mean --older-than?", "cleanup-cluster-audits", "--dry-run", "--older-then", "5")]
    [InlineData("'yes' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.", "cleanup-cluster-audits", "--dry-run=yes")]
    [InlineData("'yes' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.", "cleanup-cluster-audits", "--dry-run", "yes")]
    [InlineData("Required argument missing for option: '--older-than'.", "cleanup-cluster-audits", "--older-than")]
    [InlineData("--older-than is '1e3'; allowed is 1 to 3650 days.", "cleanup-cluster-audits", "--older-than=1e3")]
    [InlineData("--older-than is '07'; allowed is 1 to 3650 days.", "cleanup-cluster-audits", "--older-than", "07")]
    [InlineData("--older-than is ' 7'; allowed is 1 to 3650 days.", "cleanup-cluster-audits", "--older-than", " 7")]
    [InlineData("--older-than is '0'; allowed is 1 to 3650 days.", "cleanup-cluster-audits", "--older-than", "0")]
    [InlineData("DataPlanes:AllowHtp is no setting; did you mean DataPlanes:AllowHttp?", "reconcile", "--DataPlanes:AllowHtp=true")]
    [InlineData("url is no setting; did you mean urls?", "serve", "--url")]
    [InlineData("url is no setting; did you mean urls?", "--url", "http://127.0.0.1:0")]
    [InlineData("dry-run is no setting; docs/configuration.md has all of them.", "reconcile", "--dry-run")]
    [InlineData("--DataPlanes:AllowHttp has no value; settings are given as --Section:Name=value.", "migrate", "--DataPlanes:AllowHttp")]
    [InlineData("'migrat' is no command and no setting. Did you mean migrate? Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.", "migrat")]
    [InlineData("'serve' is one command too many: one is run, and it stands in front.", "serve", "serve")]
    [InlineData("'migrate' is one command too many: one is run, and it stands in front.", "reconcile", "migrate")]
    [InlineData("'-x' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.", "migrate", "-x")]
    [InlineData("'@settings' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.", "migrate", "@settings")]
    public async Task A_slip_is_told_and_nothing_is_done(string problem, params string[] arguments)
    {
        var (code, output, error) = await HostProgram.RunAsync([("Database__Embedded__DataDirectory", _folder.FullName)], arguments);

        Assert.Equal((1, "", $"{NotStarted}{problem}\n"), (code, output, error));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Theory]
    [InlineData("DataPlanes__AllowHtp", "DataPlanes:AllowHtp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DATAPLANES__ALLOWHTP", "DATAPLANES:ALLOWHTP is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("ASPNETCORE_DataPlanes__AllowHtp", "DataPlanes:AllowHtp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("DataPlane__AllowHttp", "DataPlane:AllowHttp is no setting; did you mean DataPlanes:AllowHttp?")]
    [InlineData("ConnectionStrings__ControlPlan", "ConnectionStrings:ControlPlan is no setting; did you mean ConnectionStrings:ControlPlane?")]
    public async Task A_variable_of_the_environment_with_a_slip_is_told_and_nothing_is_done(string variable, string problem)
    {
        var (code, output, error) = await HostProgram.RunAsync([("Database__Embedded__DataDirectory", _folder.FullName), (variable, "true")], "migrate");

        Assert.Equal((1, "", $"{NotStarted}{problem}\n"), (code, output, error));
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    /// <summary>Variables of other programs; one of them would be the address to listen at, so that the only thing to tell is the one that is ours.</summary>
    [Fact]
    public async Task Variables_of_other_programs_are_nobody_s_business()
    {
        (string, string)[] others =
        [
            ("DATABASE", "postgres"), ("SMTP", "mail"), ("SMTP_PORT", "tcp://10.0.0.1:25"), ("AUTH0__DOMAIN", "x"), ("GRAPHQL_PLAYGROUND", "1"), ("OTHER__SECTION__NAME", "1"), ("Houston", "x"),
        ];
        var (code, output, error) = await HostProgram.RunAsync([.. others, ("DataPlanes__MaxParallel", "0x10")], "migrate");

        Assert.Equal((1, "", $"{NotStarted}DataPlanes:MaxParallel is '0x10'; allowed is a whole number.\n"), (code, output, error));
    }

    [Fact]
    public async Task What_the_public_chart_sets_and_we_do_not_know_is_a_warning()
    {
        var (code, output, error) = await HostProgram.RunAsync(
            [("Houston__PublicSignup", "false"), ("Houston__Deployments__Anything", "1")],
            "migrate",
            "--ConnectionStrings:ControlPlane=Host=127.0.0.1;Port=1;Database=x;Username=u;Password=p");

        Assert.Equal((1, $"{NotStarted}The database cannot be reached: Connection refused. Check ConnectionStrings:ControlPlane.\n"), (code, error));
        Assert.Equal(
            "A setting has no effect: Houston:PublicSignup is no setting; did you mean Houston:PublicSignups?",
            string.Join(", ", output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Rendered)));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Rendered(string line)
    {
        using var json = System.Text.Json.JsonDocument.Parse(line);
        return json.RootElement.GetProperty("@mt").GetString()!
            .Replace("{Problem}", json.RootElement.GetProperty("Problem").GetString(), StringComparison.Ordinal);
    }
}
