using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Common.Time;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>A host and the database that lives with it.</summary>
public sealed class ControlPlaneHost : IAsyncDisposable
{
    private const string DefaultUrl = "http://127.0.0.1:8871";

    private readonly WebApplication _app;
    private readonly ControlPlaneDatabase _database;
    private bool _hasStarted;

    private ControlPlaneHost(WebApplication app, ControlPlaneDatabase database)
    {
        _app = app;
        _database = database;
    }

    /// <summary>What the host is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Where the host listens; known once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Standard output for what people or scripts are told.</summary>
    public TextWriter Output => Services.GetRequiredService<OutputQueue>().Text;

    /// <summary>Puts the host together and starts its database, but neither migrates nor listens.</summary>
    /// <param name="settings">Settings as the command line gives them.</param>
    /// <param name="configure">Changes to the host before it is built.</param>
    public static async Task<ControlPlaneHost> BuildAsync(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        var arguments = SettingArguments.Read(settings);

        // Its own files lie beside the program, whatever the working directory.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.AddJsonLogs();
        configure?.Invoke(builder);

        ListenUrls.Check(builder.Configuration);

        if (string.IsNullOrEmpty(builder.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }

        ControlPlaneDatabase? database = null;
        builder.Services.AddControlPlane(builder.Configuration, () => database!.ConnectionString);
        var app = builder.Build();

        try
        {
            // All settings before anything is made or changed.
            SettingsCheck.Run(app.Services, arguments);
            app.Services.GetRequiredService<OutputMetrics>();
            database = await ControlPlaneDatabase.OpenAsync(
                app.Configuration, app.Services.GetRequiredService<ILogger<ControlPlaneDatabase>>(), CancellationToken.None);
            app.UseControlPlane();
            return new ControlPlaneHost(app, database);
        }
        catch
        {
            await app.DisposeAsync();
            await (database?.DisposeAsync() ?? ValueTask.CompletedTask);
            throw;
        }
    }

    /// <summary>Builds the host, brings the schema up to date, makes the first admin where one is configured, and listens.</summary>
    public static async Task<ControlPlaneHost> StartAsync(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        var host = await BuildAsync(settings, configure);

        try
        {
            await host.PrepareDatabaseAsync();
            await host.Services.GetRequiredService<BootstrapAdmin>().RunAsync(CancellationToken.None);
            await host.Services.GetRequiredService<AddressVouching>().RunAsync(CancellationToken.None);
            var claim = host.Services.GetRequiredService<FirstUserClaim>();
            claim.BeginListening();
            await host._app.StartAsync();
            host._hasStarted = true;
            await claim.DecideAsync(Reach.GoesBeyondThisMachine([.. host._app.Urls], host._app.Configuration), CancellationToken.None);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes sure that the database can be worked with, takes the time from it, and brings its schema up to date.</summary>
    /// <exception cref="UnsupportedDatabaseException">It cannot be worked with.</exception>
    public async Task<MigrationOutcome> PrepareDatabaseAsync()
    {
        if (!_database.IsEmbedded)
        {
            await SessionCheck.RequireSessionsAsync(Services.GetRequiredService<ControlPlaneDataSources>().Listening, CancellationToken.None);
        }

        await Services.GetRequiredService<ClockWatch>().MeasureAsync(CancellationToken.None);
        return await Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }

    /// <summary>Ends when the host was told to stop and has stopped.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Lets requests end, stops the host, then its database.</summary>
    public async ValueTask DisposeAsync()
    {
        // What never started cannot be stopped.
        await (_hasStarted ? _app.StopAsync() : Task.CompletedTask);
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
