using System.Globalization;
using Apc.Simulation.Clusters;
using Apc.Simulation.Control;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace Apc.Simulation;

/// <summary>Simulates the deployment orchestrators of any number of clusters, each on its own path, with faults on demand.</summary>
/// <remarks>Every name is a cluster. It is healthy, unless a behaviour was set for it or the defaults let it hang.</remarks>
public sealed class DataPlaneSimulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Fleet _fleet;
    private readonly ProbeCounters _counters = new();

    private DataPlaneSimulator(WebApplicationBuilder builder, DataPlaneSimulatorOptions options, TimeProvider clock)
    {
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Slow and stalled clients must not be disconnected.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Limits.MaxRequestBodySize = ControlEndpoints.MaxBodyBytes;
            kestrel.AddServerHeader = false;
        });

        // A sweep opens thousands of connections at once. The limit of the operating system still applies.
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.Backlog = 4096);

        // Hanging requests are aborted when the simulator begins to stop; this limits the time for the others.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));

        _fleet = new Fleet(options.Defaults);
        _app = builder.Build();
        new ProbeEndpoints(_fleet, _counters, clock, _app.Lifetime.ApplicationStopping).Map(_app);
        new ControlEndpoints(_fleet, _counters).Map(_app);
    }

    /// <summary>The first address that the simulator listens on, ending with a slash.</summary>
    public Uri BaseAddress { get; private set; } = null!;

    /// <summary>The behaviour of clusters for which none was set.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    public SimulatorDefaults Defaults
    {
        get => _fleet.Defaults;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            value.Check();
            _fleet.Defaults = value;
        }
    }

    /// <summary>Counts of the probes of all clusters.</summary>
    public ProbeCount Probes => _counters.Total;

    /// <summary>Starts a simulator in this process, without configuration, environment variables and signals.</summary>
    /// <param name="options">Null for a free loopback port, no latency and no hanging clusters.</param>
    /// <param name="clock">The clock for latencies and pauses; null for the system's.</param>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public static async Task<DataPlaneSimulator> StartAsync(
        DataPlaneSimulatorOptions? options = null, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        options ??= new DataPlaneSimulatorOptions();
        options.Defaults.Check();

        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();

        var simulator = new DataPlaneSimulator(builder, options, clock ?? TimeProvider.System);

        try
        {
            await simulator.ListenAsync(cancellationToken);
        }
        catch
        {
            await simulator.DisposeAsync();
            throw;
        }

        return simulator;
    }

    /// <summary>Runs the simulator as a program until it receives a signal to stop.</summary>
    /// <returns>The exit code: 0, or 1 with the reason on standard error if it could not start.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        // Not the working directory, which may have the settings of another program.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });

        builder.Logging.ClearProviders();
        var problems = new List<string>();
        DataPlaneSimulatorOptions.CheckArguments(args, problems);
        var options = DataPlaneSimulatorOptions.Read(builder.Configuration, problems);

        if (problems.Count > 0)
        {
            await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, problems));
            return 1;
        }

        await using var simulator = new DataPlaneSimulator(builder, options, TimeProvider.System);

        try
        {
            await simulator.ListenAsync(CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or FormatException or InvalidOperationException)
        {
            await Console.Error.WriteLineAsync($"Cannot listen on {options.Urls}: {e.Message}");
            return 1;
        }

        var (urls, defaults) = (string.Join(", ", simulator._app.Urls), options.Defaults);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Simulated data planes listen on {urls} (latency {defaults.Latency.TotalMilliseconds} ms, "
            + $"hung {defaults.HungFraction:0.####}, seed {defaults.Seed}); GET / explains them."));
        await simulator._app.WaitForShutdownAsync();
        return 0;
    }

    /// <summary>The address to register for a cluster: <c>/metadata</c> and <c>/healthz</c> are below it.</summary>
    public string MetadataUrl(string name)
        => new Uri(BaseAddress, "clusters/" + Uri.EscapeDataString(Named(name))).AbsoluteUri;

    /// <summary>Sets the behaviour of a cluster, in place of an earlier one.</summary>
    public void Set(string name, ClusterBehaviour behaviour)
    {
        ArgumentNullException.ThrowIfNull(behaviour);

        if (behaviour.Latency is { } latency && !SimulatorDefaults.IsLatency((long)latency.TotalMilliseconds))
        {
            throw new ArgumentException(
                $"{nameof(behaviour.Latency)} is {latency}; allowed: {SimulatorDefaults.LatencyAllowed}", nameof(behaviour));
        }

        _fleet.Set(Named(name), behaviour);
    }

    /// <summary>Sets a behaviour with only this fault, in place of an earlier one.</summary>
    public void Set(string name, Fault fault) => Set(name, new ClusterBehaviour { Fault = fault });

    /// <summary>Removes the behaviour of the cluster: the defaults apply again.</summary>
    public void Reset(string name) => _fleet.Reset(Named(name));

    /// <summary>Restores the state at the start: no behaviours, the first defaults, all counts zero.</summary>
    public void ResetAll()
    {
        _fleet.ResetAll();
        _counters.Reset();
    }

    /// <summary>Sets all counts to zero.</summary>
    public void ResetProbes() => _counters.Reset();

    /// <summary>Counts of the probes of one cluster.</summary>
    public ProbeCount ProbesOf(string name) => _counters.Of(Named(name));

    /// <summary>
    /// Waits until the counts of the cluster, or of all clusters if the name is null, meet a condition; returns those counts.
    /// </summary>
    public Task<ProbeCount> WaitForProbesAsync(string? name, Func<ProbeCount, bool> until, CancellationToken cancellationToken)
        => _counters.WaitAsync(name, until, cancellationToken);

    /// <summary>Stops within 2 seconds, also if requests hang; open connections are aborted.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await _app.StartAsync(cancellationToken);
        BaseAddress = new Uri(_app.Urls.First() + "/");
    }

    private static string Named(string name)
    {
        // Dots and slashes would not be kept as one segment of a path.
        if (name is null or "" or "." or ".." || name.Length > Fleet.MaxNameLength || name.Contains('/', StringComparison.Ordinal))
        {
            throw new ArgumentException(
                $"name is \"{name}\"; allowed: 1 to {Fleet.MaxNameLength} characters without a slash, not . or ..", nameof(name));
        }

        return name;
    }

    /// <summary>Leaves Ctrl+C and SIGTERM to the process in which the simulator runs.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
