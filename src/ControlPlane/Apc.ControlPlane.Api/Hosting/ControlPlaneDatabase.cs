using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Embedded;
using Npgsql;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The database of this host: the configured one, or else a private server that starts and stops with the host.</summary>
public sealed class ControlPlaneDatabase : IAsyncDisposable
{
    /// <summary>The section of the connection string, the only one in it.</summary>
    internal const string ConnectionStrings = "ConnectionStrings";

    private const string Form = "It has the form Host=…;Database=…;Username=…;Password=….";

    private readonly EmbeddedPostgres? _embedded;

    private ControlPlaneDatabase(string connectionString, EmbeddedPostgres? embedded)
    {
        ConnectionString = connectionString;
        _embedded = embedded;
    }

    public string ConnectionString { get; }

    /// <summary>Whether it is the private server.</summary>
    public bool IsEmbedded => _embedded is not null;

    /// <summary>Reads the connection string, or starts the private server.</summary>
    /// <exception cref="SettingException">The connection string cannot be read.</exception>
    /// <exception cref="EmbeddedPostgresException">The private server cannot be started.</exception>
    public static async Task<ControlPlaneDatabase> OpenAsync(
        IConfiguration configuration, ILogger logger, CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString(DatabaseOptions.ConnectionStringName) is { Length: > 0 } connectionString)
        {
            Check(connectionString);
            return new ControlPlaneDatabase(connectionString, embedded: null);
        }

        var options = configuration.ReadSettings<EmbeddedPostgresOptions>(EmbeddedPostgresOptions.Section);
        var embedded = await EmbeddedPostgres.StartAsync(options, logger, cancellationToken);
        return new ControlPlaneDatabase(embedded.ConnectionString, embedded);
    }

    public ValueTask DisposeAsync() => _embedded?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static void Check(string connectionString)
    {
        try
        {
            if (new NpgsqlConnectionStringBuilder(connectionString).Host is not { Length: > 0 })
            {
                throw new SettingException($"ConnectionStrings:{DatabaseOptions.ConnectionStringName} names no host. {Form}");
            }
        }
        catch (ArgumentException exception)
        {
            // The value may contain a password, so the message does not show it.
            var what = exception.Message.Split(" (Parameter")[0].TrimEnd('.');
            throw new SettingException($"ConnectionStrings:{DatabaseOptions.ConnectionStringName} cannot be read: {what}. {Form}");
        }
    }

    /// <summary>The names in <see cref="ConnectionStrings"/>: with a misspelt name a private server would be started unnoticed.</summary>
    internal sealed class Settings
    {
        public string? ControlPlane { get; init; }
    }
}
