using Apc.ControlPlane.Api.Settings;
using Serilog;

namespace Apc.ControlPlane.Api.Observability;

/// <summary>Logs: one JSON object a line on standard output. Levels and sinks stand in the section <c>Serilog</c>.</summary>
internal static class JsonLogs
{
    public static void AddJsonLogs(this WebApplicationBuilder builder)
    {
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(Create(builder.Configuration), dispose: true);
    }

    private static Serilog.Core.Logger Create(IConfiguration configuration)
    {
        try
        {
            return new LoggerConfiguration().ReadFrom.Configuration(configuration).CreateLogger();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or FormatException)
        {
            throw new SettingException($"The section Serilog cannot be used: {e.Message} Levels are Verbose, Debug, Information, Warning, Error and Fatal.");
        }
    }
}
