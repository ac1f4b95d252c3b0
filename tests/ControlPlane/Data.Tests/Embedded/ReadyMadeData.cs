using System.Diagnostics;
using Apc.ControlPlane.Data.Embedded;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Apc.ControlPlane.Data.Tests.Embedded;

/// <summary>A data folder with a table <c>kept</c> of one row and one column, <c>here</c>: made once, because that takes a second, and copied.</summary>
public sealed class ReadyMadeData : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"apc-readymade-{Path.GetRandomFileName()}");

    public async ValueTask InitializeAsync()
    {
        await using var postgres = await EmbeddedPostgres.StartAsync(
            new EmbeddedPostgresSettings { DataDirectory = _folder, Durable = false }, NullLogger.Instance, CancellationToken.None);
        await using var dataSource = NpgsqlDataSource.Create(postgres.ConnectionString);
        await using var command = dataSource.CreateCommand("CREATE TABLE kept AS SELECT 'here' AS word");
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>Copies the folder with its owners.</summary>
    public async Task CopyToAsync(string folder)
    {
        using var copy = Process.Start("cp", ["-a", _folder, folder]);
        await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, copy.ExitCode);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
