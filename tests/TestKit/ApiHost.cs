using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Apc.TestKit;

/// <summary>The real host on a free port of this machine, over a database of the test's own.</summary>
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

    /// <summary>Starts a host that may call simulated data planes and sweeps only when told to, with an admin to sign in as. Its hashes of passwords are cheap.</summary>
    /// <param name="database">The database; null starts one as configured.</param>
    /// <param name="clock">The host's time; the real one unless given.</param>
    /// <param name="settings">Further settings, such as <c>Houston:PublicSignups=true</c>.</param>
    public static Task<ApiHost> StartAsync(PostgresDatabase? database, TimeProvider? clock = null, params string[] settings)
        => StartAsync(
            database,
            services =>
            {
                if (clock is not null)
                {
                    services.RemoveAll<TimeProvider>();
                    services.AddSingleton(clock);
                }
            },
            settings);

    /// <summary>The same with changes to what the host is made of.</summary>
    public static async Task<ApiHost> StartAsync(PostgresDatabase? database, Action<IServiceCollection> configure, params string[] settings)
    {
        string[] defaults =
        [
            "--urls=http://127.0.0.1:0",
            "--DataPlanes:AllowHttp=true",
            "--DataPlanes:AllowLoopback=true",
            "--Houston:SyncDataplaneClusters:Enabled=false",
            "--Houston:CleanupClusterAudits:Enabled=false",
            $"--Bootstrap:AdminEmail={AdminEmail}",
            $"--Bootstrap:AdminPassword={AdminPassword}",
            "--Serilog:MinimumLevel:Default=Warning",
            .. database is null ? Array.Empty<string>() : [$"--ConnectionStrings:ControlPlane={database.ConnectionString}"],
        ];

        return new ApiHost(await ControlPlaneHost.StartAsync(
            [.. defaults, .. settings.Select(s => $"--{s}")],
            builder =>
            {
                builder.Services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = PasswordIterations);
                configure(builder.Services);

                // A test that looks at the lines of the audit trail has put its own writer there; others want no noise.
                builder.Services.TryAddSingleton(provider => ActivatorUtilities.CreateInstance<AuditLines>(provider, TextWriter.Null));
            }));
    }

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
    public Task<SocketClient> ConnectAsync(string protocol, string path = "/ws") => SocketClient.ConnectAsync(new Uri($"ws://{Address.Authority}{path}"), protocol);

    /// <summary>The GraphQL endpoint, asked by the admin that every test host has.</summary>
    public Task<GraphQLClient> SignInAsAdminAsync(CancellationToken cancellationToken) => SignInAsync(AdminEmail, AdminPassword, cancellationToken);

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
}
