using Apc.ControlPlane.Api.Common.Settings;
using Microsoft.Extensions.Primitives;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Extensions.Hosting;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>Logs: one compact JSON object a line on standard output. The section <c>Serilog</c> sets levels and sinks.</summary>
/// <remarks>All sinks are behind one <see cref="OutputQueue"/>: only its own thread waits for a slow or blocked sink.</remarks>
public static class JsonLogs
{
    private const string Section = "Serilog";
    private const string Requests = "Serilog.AspNetCore.RequestLoggingMiddleware";

    private static readonly string[] Sinks = [$"{Section}:WriteTo", $"{Section}:AuditTo"];
    private static readonly string[] Levels = [$"{Section}:MinimumLevel"];

    internal static void AddJsonLogs(this WebApplicationBuilder builder)
    {
        // Two loggers: the first takes events, adds their context and decides by level; the second, behind the queue, has the sinks.
        var configuration = builder.Configuration;
        var output = new OutputQueue(Create(new LoggerConfiguration().MinimumLevel.Verbose(), new Without(Levels, configuration).Build()));
        var linesPerSecond = configuration.ReadSettings<EdgeOptions>(EdgeOptions.Section).LogLinesPerSecond;
        var repeated = new RepeatedLines(Math.Max(1, linesPerSecond), TimeProvider.System);
        var log = Create(new LoggerConfiguration().Filter.With(repeated).WriteTo.Sink(output), new Without(Sinks, configuration).Build());
        repeated.Log = log;
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(log, dispose: true);
        builder.Services.AddSingleton(output);
        builder.Services.AddSingleton<Serilog.ILogger>(log);
        builder.Services.AddSingleton(new DiagnosticContext(log));
        builder.Services.AddSingleton<OutputMetrics>();
    }

    /// <summary>Writes a line for each request, without its query string, if the levels at the start allow such lines.</summary>
    internal static void UseRequestLines(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<Serilog.ILogger>();

        if (log.ForContext(Constants.SourceContextPropertyName, Requests).IsEnabled(LogEventLevel.Information))
        {
            app.UseSerilogRequestLogging(options => options.Logger = log);
        }
    }

    private static Logger Create(LoggerConfiguration logger, IConfiguration configuration)
    {
        try
        {
            return logger.ReadFrom.Configuration(configuration).CreateLogger();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new SettingException(
                $"The section Serilog cannot be used: {e.Message} Levels are Verbose, Debug, Information, Warning, Error and Fatal.");
        }
    }

    /// <summary>The section without some of its settings. It follows changes of the configuration.</summary>
    private sealed class Without(string[] some, IConfiguration all) : ConfigurationProvider, IConfigurationSource
    {
        public IConfigurationRoot Build() => new ConfigurationBuilder().Add(this).Build();

        public IConfigurationProvider Build(IConfigurationBuilder builder)
        {
            ChangeToken.OnChange(all.GetReloadToken, () =>
            {
                Load();
                OnReload();
            });
            return this;
        }

        public override void Load()
            => Data = all.GetSection(Section).AsEnumerable()
                .Where(setting => !some.Any(section => setting.Key.StartsWith(section, StringComparison.OrdinalIgnoreCase)))
                .ToDictionary(StringComparer.OrdinalIgnoreCase);
    }
}
