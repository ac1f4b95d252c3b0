using Serilog;
using Serilog.Extensions.Logging;

namespace Apc.ControlPlane.Api.Observability;

/// <summary>Logs: one JSON object a line on standard output. Levels and sinks stand in the section <c>Serilog</c>.</summary>
internal static class JsonLogs
{
    public static void AddJsonLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(Create(builder.Configuration), dispose: true);
    }

    /// <summary>A factory for what is logged before the host is built.</summary>
    public static ILoggerFactory CreateFactory(IConfiguration configuration) => new SerilogLoggerFactory(Create(configuration), dispose: true);

    private static Serilog.Core.Logger Create(IConfiguration configuration)
        => new LoggerConfiguration().ReadFrom.Configuration(configuration).CreateLogger();
}
