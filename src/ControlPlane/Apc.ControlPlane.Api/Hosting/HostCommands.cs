using System.CommandLine;
using System.Globalization;
using Apc.ControlPlane.Api.Access.AuditLogs;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Data;
using Apc.GraphQL.Errors;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The commands of the host. Settings follow a command as <c>--Section:Name=value</c>.</summary>
public static class HostCommands
{
    private static readonly string[] CommandNames = ["serve", "demo", "migrate", "reconcile", "cleanup-cluster-audits"];

    /// <summary>Runs the command of the command line.</summary>
    /// <returns>0 for success; 1 for a failure, after one message on standard error that says why.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var serve = new Command("serve", "Answer requests and reconcile the clusters on schedule. This is the default.");
        var demo = new Command(
            "demo", "Serve, register the simulator's data planes (Demo:SimulatorUrl), reconcile them and print what to try.");
        var migrate = new Command("migrate", "Bring the database schema up to date, then end.");
        var reconcile = new Command(
            "reconcile", "Reconcile every cluster once, print the three counts, then end. Exit code 0 only when the run ended well.");
        var olderThan = new Option<string>("--older-than") { Description = "Days; Houston:CleanupClusterAudits:OlderThan unless given." };
        var dryRun = new Option<bool>("--dry-run") { Description = "Only count what would be deleted." };
        var cleanup = new Command("cleanup-cluster-audits", "Delete old entries of the audit trail, print how many, then end.")
        {
            olderThan, dryRun,
        };
        var root = new RootCommand("The control plane: knows every data plane, its status and its history, and answers GraphQL at /v1.")
        {
            serve, demo, migrate, reconcile, cleanup,
        };

        Run(root, ServeAsync);
        Run(serve, ServeAsync);
        Run(demo, DemoCommand.RunAsync);
        Run(migrate, MigrateAsync);
        Run(reconcile, ReconcileAsync);
        Run(cleanup, (settings, parsed) => CleanUpAsync(settings, Days(parsed.GetValue(olderThan)), parsed.GetValue(dryRun)));

        // Otherwise the library would read a file named by an argument @… as further arguments.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

        if (parsed.Errors.Count > 0)
        {
            // One message, as for every other start that cannot succeed, instead of the library's help.
            var problems = string.Join(Environment.NewLine, parsed.Errors.Select(e => e.Message));
            return await StartFailure.GuardAsync(() => throw new SettingException(problems));
        }

        // Signals are the host's own: it lets requests end before it stops.
        return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
    }

    private static async Task<int> ServeAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.StartAsync(settings);
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static async Task<int> MigrateAsync(string[] settings)
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

    private static async Task<int> ReconcileAsync(string[] settings)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.PrepareDatabaseAsync();
        return await host.Services.GetRequiredService<SweepCommand>().RunAsync(host.Output, CancellationToken.None);
    }

    private static async Task<int> CleanUpAsync(string[] settings, int? olderThan, bool dryRun)
    {
        await using var host = await ControlPlaneHost.BuildAsync(settings);
        await host.PrepareDatabaseAsync();
        return await host.Services.GetRequiredService<CleanupCommand>().RunAsync(olderThan, dryRun, host.Output, CancellationToken.None);
    }

    private static int? Days(string? text)
    {
        const int Most = CleanupClusterAuditsOptions.MaxOlderThan;

        return text switch
        {
            null => null,
            _ when SettingText.IsWholeNumber(text)
                && int.TryParse(text, CultureInfo.InvariantCulture, out var days)
                && days is >= 1 and <= Most => days,
            _ => throw new SettingException($"--older-than is '{SettingText.Shown(text)}'; allowed is 1 to {Most} days."),
        };
    }

    private static void Run(Command command, Func<string[], Task<int>> run) => Run(command, (settings, _) => run(settings));

    private static void Run(Command command, Func<string[], ParseResult, Task<int>> run)
    {
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, _) => StartFailure.GuardAsync(() =>
        {
            Check(parsed.UnmatchedTokens, command);
            return run([.. parsed.UnmatchedTokens], parsed);
        }));
    }

    /// <summary>ASP.NET Core ignores an argument that it cannot read as a setting, so that a typing error would go unnoticed.</summary>
    private static void Check(IReadOnlyList<string> arguments, Command command)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];

            if (CommandNames.Contains(argument))
            {
                throw new SettingException($"'{argument}' is one command too many: one is run, and it stands in front.");
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                var near = DidYouMean.Nearest(argument, CommandNames) is { } name ? $" Did you mean {name}?" : "";
                throw new SettingException(
                    $"'{SettingText.Shown(argument)}' is no command and no setting.{near} "
                    + "Commands are serve, demo, migrate, reconcile and cleanup-cluster-audits; "
                    + "settings are given as --Section:Name=value.");
            }

            if (!argument.Contains(':', StringComparison.Ordinal) && NearestOption(argument.Split('=')[0], command) is { } option)
            {
                throw new SettingException(
                    $"{SettingText.Shown(argument.Split('=')[0])} is no option of {command.Name}; did you mean {option}?");
            }

            // The value may also stand by itself: --Section:Name value.
            var hasValue = argument.Contains('=', StringComparison.Ordinal)
                || (i + 1 < arguments.Count && arguments[i + 1].StartsWith("--", StringComparison.Ordinal));
            i += hasValue ? 0 : 1;
        }
    }

    private static string? NearestOption(string written, Command command)
        => command is RootCommand ? null : DidYouMean.Nearest(written, command.Options.Select(o => o.Name));
}
