using Apc.ControlPlane.Api.Common.Observability;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Common.Time;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>A host and its database.</summary>
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

    public IServiceProvider Services => _app.Services;

    /// <summary>The first address that the host listens at; known once it has started.</summary>
    public Uri Address => new(_app.Urls.First());

    /// <summary>Standard output, for people and scripts.</summary>
    public TextWriter Output => Services.GetRequiredService<OutputQueue>().Text;

    /// <summary>Builds the host and opens its database, but neither migrates nor listens.</summary>
    /// <param name="configure">Changes to the host before it is built.</param>
    public static async Task<ControlPlaneHost> BuildAsync(string[] settings, Action<WebApplicationBuilder>? configure = null)
    {
        var arguments = SettingArguments.Read(settings);

        // The host's own files lie beside the program, whatever the working directory.
        var builder = WebApplication.CreateSlimBuilder(
            new WebApplicationOptions { Args = settings, ContentRootPath = AppContext.BaseDirectory });
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
            // All settings are checked before anything is created or changed.
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

    /// <summary>Builds the host, brings the schema up to date, makes the first admin if one is configured, and listens.</summary>
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

    /// <summary>Checks that the database is supported, takes the time from it, and brings its schema up to date.</summary>
    /// <exception cref="UnsupportedDatabaseException">The server is too old, or reached through a pooler that shares sessions.</exception>
    public async Task<MigrationOutcome> PrepareDatabaseAsync()
    {
        if (!_database.IsEmbedded)
        {
            await SessionCheck.RequireSessionsAsync(
                Services.GetRequiredService<ControlPlaneDataSources>().Listening, CancellationToken.None);
        }

        await Services.GetRequiredService<ClockWatch>().MeasureAsync(CancellationToken.None);
        return await Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(CancellationToken.None);
    }

    /// <summary>Completes when the host has been told to stop and has stopped.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <summary>Lets requests end, stops the host, then its database.</summary>
    public async ValueTask DisposeAsync()
    {
        // A host that did not start cannot be stopped.
        await (_hasStarted ? _app.StopAsync() : Task.CompletedTask);
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }
}
