using Apc.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Apc.TestKit;

/// <summary>
/// A control plane and what it talks to: the database, one host or several over it, a clock that stands still, and data planes, a mail
/// server and a sign-in provider if a test asks for them.
/// </summary>
/// <remarks>
/// <c>IClassFixture&lt;Installation&gt;</c> shares one among the tests of a class, with a database of its own, a clock at noon and the users
/// <c>root</c> and <c>plain</c>; a class that needs another one derives from it.
/// <see cref="StartAsync(PostgresServer, InstallationSetup)"/> starts one for a single test.
/// </remarks>
public partial class Installation : IAsyncLifetime
{
    private readonly InstallationSetup _setup;
    private readonly bool _ownsDatabase;
    private readonly List<ApiHost> _replicas = [];
    private readonly List<IDisposable> _clients = [];
    private MailServer? _mails;
    private DataPlaneSimulator? _dataPlanes;
    private OpenIdProvider? _provider;
    private GraphQLClient? _admin;
    private GraphQLClient? _plain;

    public Installation(PostgresServer server)
        : this(server, new InstallationSetup { Clock = new FakeClock(), People = People.RootAndPlain })
    {
    }

    /// <summary>An installation that the tests of a class share, with a database of its own.</summary>
    protected Installation(PostgresServer server, InstallationSetup setup)
        : this(new PostgresDatabase(server), ownsDatabase: true, setup)
    {
    }

    private Installation(PostgresDatabase database, bool ownsDatabase, InstallationSetup setup)
        => (Database, _ownsDatabase, _setup) = (database, ownsDatabase, setup);

    public PostgresDatabase Database { get; }

    /// <summary>The time of the hosts, unless they have the real one.</summary>
    public FakeClock Clock => (FakeClock)_setup.Clock!;

    /// <summary>The first replica, or the services alone.</summary>
    public ApiHost Host => _replicas[0];

    /// <summary>The hosts over the database.</summary>
    public IReadOnlyList<ApiHost> Replicas => _replicas;

    /// <summary>Where the first replica listens.</summary>
    public Uri Address => Host.Address;

    /// <summary>What the first replica is made of.</summary>
    public IServiceProvider Services => Host.Services;

    /// <summary>The server that takes the mails of the hosts if they send any.</summary>
    public MailServer Mails => _mails ??= new MailServer();

    /// <summary>The provider at which people sign in.</summary>
    public OpenIdProvider Provider => _provider ?? throw NotStarted(nameof(InstallationSetup.Provider));

    /// <summary>What registered clusters may be; see <see cref="StartDataPlanesAsync"/>.</summary>
    public DataPlaneSimulator DataPlanes => _dataPlanes ?? throw NotStarted(nameof(StartDataPlanesAsync));

    /// <summary>The first replica, asked without a token.</summary>
    public GraphQLClient Anonymous => field ??= Keep(Host.Anonymous);

    /// <summary>A System Admin: which one, <see cref="People"/> says.</summary>
    public GraphQLClient Admin => _admin ?? throw NotStarted(nameof(People.Admin));

    /// <summary>A user called <c>plain</c> who holds no role.</summary>
    public GraphQLClient Plain => _plain ?? throw NotStarted(nameof(People.RootAndPlain));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Starts an installation over a database of its own.</summary>
    public static Task<Installation> StartAsync(PostgresServer server, InstallationSetup setup)
        => StartAsync(new Installation(server, setup));

    /// <summary>Starts an installation over a database that others may share, and that stays.</summary>
    public static Task<Installation> StartAsync(PostgresDatabase database, InstallationSetup setup)
        => StartAsync(new Installation(database, ownsDatabase: false, setup));

    public async ValueTask InitializeAsync()
    {
        if (_ownsDatabase)
        {
            await Database.InitializeAsync();
        }

        _provider = _setup.Provider is null ? null : await OpenIdProvider.StartAsync();
        var setup = _setup with
        {
            Settings = [.. _setup.SendsMails ? Mails.Settings : [], .. _setup.Provider?.Invoke(_provider!) ?? [], .. _setup.Settings],
        };

        if (setup.Replicas == 0)
        {
            _replicas.Add(await ApiHost.BuildAsync(Database, setup));
        }

        while (_replicas.Count < setup.Replicas)
        {
            _replicas.Add(await ApiHost.StartAsync(Database, setup));
        }

        if (setup is { People: People.Admin, HasAdmin: true, Replicas: > 0 })
        {
            _admin = Keep(await Host.SignInAsAdminAsync(Cancellation));
        }

        if (setup.People is People.RootAndPlain)
        {
            _admin = await SignInAsync("root", SystemAdmin);
            _plain = await SignInAsync("plain");
        }
    }

    /// <summary>Starts another replica with the same clock; the caller disposes it.</summary>
    public Task<ApiHost> StartReplicaAsync(params string[] settings) => ApiHost.StartAsync(Database, _setup.Clock, settings);

    /// <summary>Starts simulated data planes, or resets those that have started: every one is healthy.</summary>
    public async Task StartDataPlanesAsync()
    {
        _dataPlanes ??= await DataPlaneSimulator.StartAsync(
            new DataPlaneSimulatorOptions { Defaults = new SimulatorDefaults { Seed = 1 } });
        _dataPlanes.ResetAll();
    }

    /// <summary>A service of the first replica.</summary>
    public T Get<T>()
        where T : notnull
        => Services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());

        foreach (var replica in _replicas)
        {
            await replica.DisposeAsync();
        }

        foreach (var other in new IAsyncDisposable?[] { _dataPlanes, _mails, _provider, _ownsDatabase ? Database : null })
        {
            await (other?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>Disposes a client with the installation; a test may do that before.</summary>
    protected T Keep<T>(T client)
        where T : IDisposable
    {
        _clients.Add(client);
        return client;
    }

    private static async Task<Installation> StartAsync(Installation installation)
    {
        try
        {
            await installation.InitializeAsync();
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    private static InvalidOperationException NotStarted(string what) => new($"The test has not asked for it: {what}.");
}
