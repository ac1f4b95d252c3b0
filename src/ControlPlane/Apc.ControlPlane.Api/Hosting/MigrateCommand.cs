using Apc.ControlPlane.Data;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>migrate</c>: brings the schema up to date and ends.</summary>
internal static class MigrateCommand
{
    public static async Task<int> RunAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        var outcome = await host.PrepareDatabaseAsync();
        await host.Output.WriteLineAsync(outcome switch
        {
            MigrationOutcome.UpToDate => "The database schema is up to date.",
            MigrationOutcome.Migrated => "The database schema was brought up to date.",
            _ => "The database schema is newer than this program; nothing was changed.",
        });
        return 0;
    }
}
