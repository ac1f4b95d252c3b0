using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Apc.ControlPlane.Api.Tests.Hosting;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests;

/// <summary>The settings: what docs/configuration.md says of them, and what the program says of wrong ones.</summary>
public sealed class ConfigurationTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void The_documentation_lists_every_option_with_its_type_default_and_meaning()
    {
        var documented = File.ReadAllLines(Repository.PathOf("docs", "configuration.md"))
            .SkipWhile(line => line != "## Options").TakeWhile(line => line != "## Settings without an options class")
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .ToArray();
        var expected = OptionsTable.Rows().ToArray();

        Assert.True(
            expected.SequenceEqual(documented),
            $"docs/configuration.md differs from the options classes. Its table has to be\n{string.Join('\n', expected)}\n\nNot in them:\n{string.Join('\n', documented.Except(expected))}");
    }

    [Fact]
    public void Every_number_and_every_time_has_a_range()
    {
        var without = OptionsTable.Properties()
            .Where(property => new[] { typeof(int), typeof(long), typeof(TimeSpan) }.Contains(property.PropertyType))
            .Where(property => property.CanWrite && !property.IsDefined(typeof(RangeAttribute), inherit: false))
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}").ToArray();

        Assert.True(without.Length == 0, $"[Range] is missing on {string.Join(", ", without)}.");
    }

    [Fact]
    public async Task Every_wrong_value_is_named_at_once_with_what_is_allowed()
        => await RefusesAsync(
            """
            Database:ReadConnections is 0; allowed is 1 to 100.
            Houston:Roles:AUDITOR:Scope is missing; a new role needs one of System, Workspace, Deployment, Cluster.
            Houston:Roles:USER:Permissions:system.clusters.get is 'perhaps'; allowed is true or false.
            Bootstrap:AdminEmail and Bootstrap:AdminPassword are set together or not at all.
            DataPlanes:AllowHttp is 'perhaps'; allowed is true or false.
            DataPlanes:AllowedNetworks is '10.0.0.0/8'; allowed is a list: DataPlanes:AllowedNetworks:0, DataPlanes:AllowedNetworks:1 and so on.
            DataPlanes:MaxParallel is 'many'; allowed is a whole number.
            DataPlanes:ConnectTimeout is '2s'; allowed is a time as hours, minutes and seconds, such as 00:00:05 or 00:00:00.5.
            Houston:SyncDataplaneClusters:Schedule is 'every hour': this is no schedule. Allowed are five fields as in crontab, such as 0 * * * *, or six or seven as Quartz has them, in UTC.
            GraphQL:Introspection is 'Some'; allowed is All, SignedIn, Off.
            GraphQL:Limits:MaxDepth is 0; allowed is 1 to 100.
            """,
            "--Houston:SyncDataplaneClusters:Schedule=every hour",
            "--Houston:Roles:USER:Permissions:system.clusters.get=perhaps",
            "--Houston:Roles:AUDITOR:Permissions:system.clusters.get=true",
            "--DataPlanes:MaxParallel=many",
            "--DataPlanes:AllowHttp=perhaps",
            "--DataPlanes:AllowedNetworks=10.0.0.0/8",
            "--DataPlanes:ConnectTimeout=2s",
            "--Database:ReadConnections=0",
            "--Bootstrap:AdminEmail=admin@example.com",
            "--GraphQL:Introspection=Some",
            "--GraphQL:Limits:MaxDepth=0");

    [Fact]
    public async Task Values_out_of_range_and_values_that_contradict_each_other_are_named()
        => await RefusesAsync(
            """
            DataPlanes:ConnectTimeout (00:00:06) is longer than AttemptTimeout (00:00:01).
            Houston:SyncDataplaneClusters:Schedule is '0 0 31 2 *': it never fires. Allowed are five fields as in crontab, such as 0 * * * *, or six or seven as Quartz has them, in UTC.
            GraphQL:Timeout is 00:00:00; allowed is 00:00:00.1 to 00:10:00.
            """,
            "--Houston:SyncDataplaneClusters:Schedule=0 0 31 2 *",
            "--DataPlanes:ConnectTimeout=00:00:06",
            "--DataPlanes:AttemptTimeout=00:00:01",
            "--GraphQL:Timeout=00:00:00");

    [Fact]
    public async Task Mails_whose_links_would_lead_nowhere()
        => await RefusesAsync(
            "Smtp:Host is set, but neither Houston:PublicUrl nor Houston:BaseDomain is: links in mails would lead nowhere.",
            "--Smtp:Host=mail.example.com",
            "--Smtp:From=platform@example.com");

    [Fact]
    public async Task Mails_without_a_sender_and_with_half_a_sign_in()
        => await RefusesAsync(
            """
            Houston:PublicUrl ('houston') is no address of the form https://<host>, without a query and a fragment.
            Smtp:User and Smtp:Password are set together or not at all.
            Smtp:From is ''; where Smtp:Host is set it has to be an email address.
            Smtp:TrustedAuthorities ('/nowhere.pem') is no file.
            """,
            "--Smtp:Host=mail.example.com",
            "--Smtp:User=platform",
            "--Smtp:TrustedAuthorities=/nowhere.pem",
            "--Houston:PublicUrl=houston");

    [Theory]
    [InlineData("")]
    [InlineData("--Houston:EmailConfirmation=")]
    [InlineData("--Houston:EmailConfirmation=true")]
    [InlineData("--Smtp:Host=")]
    [InlineData("--Auth:Local:Enabled=true")]
    public async Task Sign_ups_under_addresses_that_nobody_can_confirm_and_nobody_vouches_for(string setting)
        => await RefusesAsync(
            "Houston:PublicSignups is true, but there is no SMTP server (Smtp:Host) to find out whose an address is: set one, or set Houston:EmailConfirmation to false to vouch for every address that anybody signs up with.",
            ["--Houston:PublicSignups=true", .. setting.Length == 0 ? Array.Empty<string>() : [setting]]);

    [Fact]
    public async Task Providers_of_sign_ins_that_cannot_be_used()
        => await RefusesAsync(
            """
            Auth:Providers:acme:TrustsEmail is 'perhaps'; allowed is true or false.
            Auth:Providers:other:AllowedDomains is 'example.com'; allowed is a list: Auth:Providers:other:AllowedDomains:0, Auth:Providers:other:AllowedDomains:1 and so on.
            Houston:CookieDomain ('.example.com') is no domain.
            Houston:ExternalSignupUrl ('join') is no address of the form https://<host>.
            """,
            "--Auth:Providers:acme:TrustsEmail=perhaps",
            "--Auth:Providers:other:AllowedDomains=example.com",
            "--Houston:CookieDomain=.example.com",
            "--Houston:ExternalSignupUrl=join");

    [Fact]
    public async Task A_provider_of_sign_ins_that_lacks_something()
        => await RefusesAsync(
            """
            Auth:Providers:acme:ClientId is missing.
            Auth:Providers:acme:TokenEndpoint is 'http://idp.example.com', which is not https, and AllowHttp is off.
            Auth:Providers:acme:UserInfoEndpoint is missing.
            """,
            "--Auth:Providers:acme:ClientSecret=s3cret",
            "--Auth:Providers:acme:AuthorizationEndpoint=https://idp.example.com",
            "--Auth:Providers:acme:TokenEndpoint=http://idp.example.com");

    [Fact]
    public async Task Trusted_documents_that_do_not_fit_the_schema_and_what_is_wrong_with_each()
    {
        var folder = Directory.CreateTempSubdirectory();

        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, "web"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "web", "old.graphql"), "{\n  clusterTypes\n}", Cancelled);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "good.gql"), "{ __typename }", Cancelled);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "README.md"), "no document", Cancelled);
            await RefusesAsync(
                """
                Trusted documents cannot be executed. Mend or remove them, or set GraphQL:TrustedDocuments:AllowInvalid=true.
                web/old.graphql: Cannot query field "clusterTypes" on type "Query". Did you mean "cluster"? (line 2, column 3)
                """,
                $"--GraphQL:TrustedDocuments:Folder={folder.FullName}",
                $"--ConnectionStrings:ControlPlane={database.ConnectionString}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task A_folder_of_trusted_documents_that_is_not_there()
        => await RefusesAsync(
            "GraphQL:TrustedDocuments:Folder (/nowhere) cannot be read: Could not find a part of the path '/nowhere'.",
            "--GraphQL:TrustedDocuments:Folder=/nowhere",
            $"--ConnectionStrings:ControlPlane={database.ConnectionString}");

    [Fact]
    public async Task Only_trusted_documents_where_there_are_none()
        => await RefusesAsync(
            "GraphQL:TrustedDocuments:Only is set, but GraphQL:TrustedDocuments:Folder is not: no request could be answered.",
            "--GraphQL:TrustedDocuments:Only=true");

    [Theory]
    [InlineData("rubbish", "Format of the initialization string does not conform to specification starting at index 0")]
    [InlineData("Host=db;Frobnicate=s3cret", "Couldn't set frobnicate")]
    public async Task A_connection_string_that_cannot_be_read_is_not_repeated(string connectionString, string what)
        => await RefusesAsync(
            $"ConnectionStrings:ControlPlane cannot be read: {what}. It has the form Host=…;Database=…;Username=…;Password=….",
            $"--ConnectionStrings:ControlPlane={connectionString}");

    [Fact]
    public async Task A_connection_string_without_a_host()
        => await RefusesAsync(
            "ConnectionStrings:ControlPlane names no host. It has the form Host=…;Database=…;Username=…;Password=….",
            "--ConnectionStrings:ControlPlane=Database=x;Password=s3cret");

    [Fact]
    public async Task A_database_that_does_not_answer()
        => await RefusesAsync(
            "The database cannot be reached: Connection refused. Check ConnectionStrings:ControlPlane.",
            "--ConnectionStrings:ControlPlane=Host=127.0.0.1;Port=1;Database=x;Username=u;Password=s3cret");

    [Fact]
    public async Task A_port_in_use()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var url = $"http://{taken.LocalEndpoint}";

        await RefusesAsync(
            $"Failed to bind to address {url}: address already in use. Stop what listens there, or choose another address with --urls http://127.0.0.1:<port>.",
            $"--urls={url}",
            $"--ConnectionStrings:ControlPlane={database.ConnectionString}");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("http://127.0.0.1:99999")]
    [InlineData("ftp://127.0.0.1:1")]
    public async Task An_address_to_listen_at_that_is_none(string url)
        => await RefusesAsync(
            $"urls is '{url}'; allowed is http://<address>:<port> with a port from 0 to 65535, several of them separated by semicolons.", $"--urls={url}");

    [Fact]
    public async Task A_data_folder_that_cannot_be_written()
    {
        // Not even root can make a folder below a file.
        var file = Path.GetTempFileName();

        try
        {
            await RefusesAsync(
                $"The data folder {file}/data cannot be written: Could not find a part of the path '{file}/data'. Name a folder that can be in Database:Embedded:DataDirectory, or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
                $"--Database:Embedded:DataDirectory={file}/data");
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public async Task A_machine_without_PostgreSQL()
    {
        // A folder of its own: in the usual one somebody may keep data, of which the message would speak.
        var folder = Path.Combine(Path.GetTempPath(), $"apc-{Guid.NewGuid():N}");

        try
        {
            await RefusesAsync(
                "There is no database: Database:Embedded:BinDirectory (/nowhere) does not hold the programs postgres and initdb. Install the Debian package postgresql (version 15 or newer), name the folder of the server programs in Database:Embedded:BinDirectory, or set ConnectionStrings:ControlPlane to a database that runs elsewhere.",
                "--Database:Embedded:BinDirectory=/nowhere",
                $"--Database:Embedded:DataDirectory={folder}");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("serve", "bogus")]
    public async Task A_command_that_is_none(params string[] arguments)
        => Assert.Equal(
            (1, "", "The control plane cannot start. 'bogus' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.\n"),
            await HostProgram.RunAsync(arguments));

    [Fact]
    public async Task A_level_of_logs_that_is_none()
        => await RefusesAsync(
            "The section Serilog cannot be used: The value Loud is not a valid Serilog level. Levels are Verbose, Debug, Information, Warning, Error and Fatal.",
            "--Serilog:MinimumLevel:Default=Loud");

    /// <summary>The program ends with 1, and its standard error is this message alone.</summary>
    private static async Task RefusesAsync(string message, params string[] settings)
    {
        var (code, _, error) = await HostProgram.RunAsync(["serve", .. settings]);

        Assert.Equal($"The control plane cannot start. {message}\n", error);
        Assert.Equal(1, code);
    }
}
