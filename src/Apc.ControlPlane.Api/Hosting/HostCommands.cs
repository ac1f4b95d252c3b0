using System.CommandLine;
using Apc.ControlPlane.Api.Features.AuditLogs;
using Apc.ControlPlane.Api.Settings;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The commands of the host. Settings are given as <c>--Section:Name=value</c> after any of them.</summary>
public static class HostCommands
{
    /// <summary>Runs what the command line asks for.</summary>
    /// <returns>0 when it was done; 1 when it could not be, after one message on standard error that says why.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var serve = new Command("serve", "Answer requests and reconcile the clusters on schedule. This is the default.");
        var demo = new Command("demo", "Serve, register the simulator's data planes (Demo:SimulatorUrl), reconcile them and print what to try.");
        var migrate = new Command("migrate", "Bring the database schema up to date, then end.");
        var reconcile = new Command("reconcile", "Reconcile every cluster once, print the three counts, then end. Exit code 0 only when the run ended well.");
        var olderThan = new Option<int?>("--older-than") { Description = "Days; Houston:CleanupClusterAudits:OlderThan unless given." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only count what would be deleted." };
        var cleanup = new Command("cleanup-cluster-audits", "Delete old entries of the audit trail, print how many, then end.") { olderThan, dryRun };
        olderThan.Validators.Add(option =>
        {
            if (option.GetValueOrDefault<int?>() is < 1 or > CleanupClusterAuditsOptions.MaxOlderThan)
            {
                option.AddError($"--older-than takes 1 to {CleanupClusterAuditsOptions.MaxOlderThan} days.");
            }
        });
        var root = new RootCommand("The control plane: knows every data plane, its status and its history, and answers GraphQL at /v1.")
        {
            serve, demo, migrate, reconcile, cleanup,
        };

        Run(root, ServeCommand.RunAsync);
        Run(serve, ServeCommand.RunAsync);
        Run(demo, DemoCommand.RunAsync);
        Run(migrate, MigrateCommand.RunAsync);
        Run(reconcile, ReconcileCommand.RunAsync);
        Run(cleanup, (settings, parsed) => CleanupClusterAuditsCommand.RunAsync(settings, parsed.GetValue(olderThan), parsed.GetValue(dryRun)));

        // Signals are the host's own: it lets requests end before it stops.
        return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static void Run(Command command, Func<string[], Task<int>> run) => Run(command, (settings, _) => run(settings));

    private static void Run(Command command, Func<string[], ParseResult, Task<int>> run)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, _) => StartFailure.GuardAsync(() =>
        {
            Check(parsed.UnmatchedTokens);
            return run([.. parsed.UnmatchedTokens], parsed);
        }));
    }

    /// <summary>ASP.NET Core would pass over what it cannot read as a setting, and a slip of the pen would go unseen.</summary>
    private static void Check(IReadOnlyList<string> settings)
    {
        for (var i = 0; i < settings.Count; i++)
        {
            if (!settings[i].StartsWith("--", StringComparison.Ordinal))
            {
                throw new SettingException($"'{settings[i]}' is no command and no setting. Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; settings are given as --Section:Name=value.");
            }

            // The value may also stand by itself: --Section:Name value.
            i += settings[i].Contains('=', StringComparison.Ordinal) ? 0 : 1;
        }
    }
}
