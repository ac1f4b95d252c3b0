using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Apc.TestKit;

/// <summary>
/// One replica: the real host on a free port of this machine. It may call simulated data planes, sweeps only when told to, and hashes
/// passwords cheaply. Tests that need more than a host take an <see cref="Installation"/>.
/// </summary>
public sealed class ApiHost : IAsyncDisposable
{
    private const string AdminEmail = "admin@example.com";
    private const string AdminPassword = "Correct-horse-1";

    // Few, since tests make and check thousands of passwords.
    private const int PasswordIterations = 1_000;

    private readonly ControlPlaneHost _host;

    private ApiHost(ControlPlaneHost host) => _host = host;

    /// <summary>Where the host listens.</summary>
    public Uri Address => _host.Address;

    /// <summary>What the host is made of.</summary>
    public IServiceProvider Services => _host.Services;

    /// <summary>The GraphQL endpoint, asked without a token.</summary>
    public GraphQLClient Anonymous => new(new Uri(Address, "/v1"));

    /// <summary>Starts a host with an admin to sign in as.</summary>
    /// <param name="database">The database; null starts one as configured.</param>
    /// <param name="clock">The host's time; the real one unless given.</param>
    /// <param name="settings">Further settings, such as <c>Houston:PublicSignups=true</c>.</param>
    public static Task<ApiHost> StartAsync(PostgresDatabase? database, TimeProvider? clock = null, params string[] settings)
        => StartAsync(database, new HostSetup { Clock = clock, Settings = settings });

    /// <summary>Starts a host that differs from others in this.</summary>
    public static async Task<ApiHost> StartAsync(PostgresDatabase? database, HostSetup setup)
        => new(await ControlPlaneHost.StartAsync(SettingsOf(database, setup), builder => Configure(builder.Services, setup)));

    /// <summary>Puts the services of a host together; it neither migrates nor listens, makes no admin and runs no jobs.</summary>
    public static async Task<ApiHost> BuildAsync(PostgresDatabase database, HostSetup setup)
        => new(await ControlPlaneHost.BuildAsync(SettingsOf(database, setup), builder => Configure(builder.Services, setup)));

    /// <summary>Waits until the host says that it is ready: its scheduler begins a moment after it listens.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = Address };

        while (true)
        {
            using var answer = await http.GetAsync(new Uri("/v1/readyz", UriKind.Relative), cancellationToken);

            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, cancellationToken);
        }
    }

    /// <summary>Opens a WebSocket.</summary>
    public Task<SocketClient> ConnectAsync(string protocol, string path = "/ws")
        => SocketClient.ConnectAsync(new Uri($"ws://{Address.Authority}{path}"), protocol);

    /// <summary>The GraphQL endpoint, asked by the admin of the settings.</summary>
    public Task<GraphQLClient> SignInAsAdminAsync(CancellationToken cancellationToken)
        => SignInAsync(AdminEmail, AdminPassword, cancellationToken);

    /// <summary>The GraphQL endpoint, asked by this user.</summary>
    public async Task<GraphQLClient> SignInAsync(string identity, string password, CancellationToken cancellationToken)
    {
        using var anonymous = Anonymous;
        var answer = await anonymous.SendAsync(
            "mutation($identity: String, $password: String!) { createToken(identity: $identity, password: $password) { token { value } } }",
            new { identity, password },
            cancellationToken);
        return anonymous.As(answer.Text("createToken.token.value"));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static string[] SettingsOf(PostgresDatabase? database, HostSetup setup)
    {
        string[] settings =
        [
            "urls=http://127.0.0.1:0",
            "DataPlanes:AllowHttp=true",
            "DataPlanes:AllowLoopback=true",
            "Houston:SyncDataplaneClusters:Enabled=false",
            "Houston:CleanupClusterAudits:Enabled=false",
            $"Bootstrap:AdminEmail={(setup.HasAdmin ? AdminEmail : "")}",
            $"Bootstrap:AdminPassword={(setup.HasAdmin ? AdminPassword : "")}",
            "Serilog:MinimumLevel:Default=Warning",
            .. database is null ? Array.Empty<string>() : [$"ConnectionStrings:ControlPlane={database.ConnectionString}"],
            .. setup.Settings,
        ];

        return [.. settings.Select(setting => $"--{setting}")];
    }

    private static void Configure(IServiceCollection services, HostSetup setup)
    {
        services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);

        if (setup.Clock is { } clock)
        {
            services.AddSingleton(clock);
        }

        if (setup.Log is { } log)
        {
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        }

        setup.Audit?.AddTo(services);
        setup.Configure(services);

        // Tests that do not look at the lines of the audit trail want no noise.
        services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<AuditLines>(provider, TextWriter.Null));
    }
}
