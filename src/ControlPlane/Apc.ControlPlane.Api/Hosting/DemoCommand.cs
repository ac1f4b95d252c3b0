using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Fleet.Reconciling;
using Apc.ControlPlane.Api.Hosting.Demo;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary><c>demo</c>: serves, registers the simulator's data planes, reconciles them and prints what to try.</summary>
internal static class DemoCommand
{
    private const string AdminEmail = "admin@demo.local";

    // Overridden by the command line. The data planes of the demo are plain HTTP on this machine, and its output is for people.
    private static readonly string[] Defaults =
    [
        "--DataPlanes:AllowHttp=true",
        "--DataPlanes:AllowLoopback=true",
        $"--Bootstrap:AdminEmail={AdminEmail}",
        "--Houston:Audit:Lines=false",
        "--Serilog:MinimumLevel:Default=Warning",
        "--Serilog:MinimumLevel:Override:Microsoft.Hosting.Lifetime=Warning",
        "--Serilog:MinimumLevel:Override:Quartz=Error",
    ];

    public static async Task<int> RunAsync(string[] settings)
    {
        // The password is not shown: the demo issues a token instead.
        await using var host = await ControlPlaneHost.StartAsync([.. Defaults, $"--Bootstrap:AdminPassword={NewPassword()}", .. settings]);
        var services = host.Services;

        using var fleet = new DemoFleet(new Uri(services.GetRequiredService<IOptions<DemoOptions>>().Value.SimulatorUrl));
        await fleet.WaitUntilReadyAsync(services.GetRequiredService<TimeProvider>());
        await RegisterAsync(services, fleet);
        await fleet.MakeIllAsync();
        await services.GetRequiredService<ClusterReconciler>().ReconcileAsync(
            ids: null, ReconcileScope.All, Caller.ControlPlane, CancellationToken.None);

        var token = await IssueTokenAsync(services);
        await host.Output.WriteLineAsync(DemoReport.Write(host.Address, token, await ReadClustersAsync(services)));
        await host.WaitForShutdownAsync();
        return 0;
    }

    private static string NewPassword() => RandomNumberGenerator.GetHexString(40) + "-aA1";

    private static async Task RegisterAsync(IServiceProvider services, DemoFleet fleet)
    {
        var registered = (await ReadClustersAsync(services)).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        var missing = DemoFleet.Clusters.Where(c => !registered.Contains(c.Name)).ToArray();
        await fleet.MakeHealthyAsync(missing);

        foreach (var cluster in missing)
        {
            await services.GetRequiredService<RegisterCluster>().RunAsync(
                cluster.Name,
                fleet.MetadataUrlOf(cluster),
                configOverride: null,
                workspaceIds: [],
                Caller.ControlPlane,
                CancellationToken.None);
        }
    }

    private static async Task<string> IssueTokenAsync(IServiceProvider services)
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<ControlPlaneDbContext>>().CreateDbContextAsync();
        var id = await db.FindKnownUserIdByEmailAsync(AdminEmail, CancellationToken.None)
            ?? throw new SettingException($"The demo's admin {AdminEmail} is not in this database: use a database of the demo's own.");
        var admin = await db.Users.SingleAsync(u => u.Id == id);
        var session = await services.GetRequiredService<UserSignIn>().BeginAsync(
            admin, lifetime: null, Caller.ControlPlane.During("demo"), CancellationToken.None);
        return session.Token.Text;
    }

    private static async Task<IReadOnlyList<ClusterRow>> ReadClustersAsync(IServiceProvider services)
    {
        var page = await services.GetRequiredService<ClusterReader>().PageAsync(
            new ClusterPageQuery
            {
                Take = PageArguments.MaxTake,
                SortBy = ClusterSortKey.Name,
                Descending = false,
                Visibility = ClusterVisibility.Everything,
                Columns = ClusterColumns.All,
            },
            CancellationToken.None);
        return page.Clusters;
    }
}

/// <summary>What the command <c>demo</c> shows.</summary>
public sealed class DemoOptions : IValidatableObject
{
    public const string Section = "Demo";

    /// <summary>Where the command <c>demo</c> finds the simulator. <c>http://127.0.0.1:8872</c> unless set.</summary>
    public string SimulatorUrl { get; init; } = "http://127.0.0.1:8872";

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SettingText.IsHttpAddress(SimulatorUrl))
        {
            yield return new(
                $"{Section}:{nameof(SimulatorUrl)} is '{SettingText.Shown(SimulatorUrl)}'; "
                + "allowed is an address such as http://127.0.0.1:8872.");
        }
    }
}
