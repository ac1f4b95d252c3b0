using System.Text.Json;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>Data planes that fall ill and recover, as a caller of the API sees them.</summary>
public sealed class DataPlaneLifeTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private static readonly (string Name, Fault Fault, string Code)[] Illnesses =
    [
        ("answers-unhealthy", Fault.Unhealthy, "REPORTED_UNHEALTHY"),
        ("hangs", Fault.Hang, "TIMEOUT"),
        ("fails", Fault.Status(500), "HTTP_STATUS"),
        ("hangs-up", Fault.Close, "CONNECTION_RESET"),
        ("redirects", Fault.Redirect("http://169.254.169.254/"), "REDIRECT_REFUSED"),
        ("sends-rubbish", Fault.Parse("invalidJson"), "INVALID_JSON"),
        ("sends-too-much", Fault.Parse("hugeBody"), "BODY_TOO_LARGE"),
    ];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ill_is_inactive_and_recovered_is_active_after_the_next_reconcile()
    {
        await using var dataPlanes = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        var refusing = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);
        await using var host = await ApiHost.StartAsync(
            database, clock: null, "DataPlanes:ConnectTimeout=00:00:00.5", "DataPlanes:AttemptTimeout=00:00:00.5", "DataPlanes:TotalTimeout=00:00:01");
        using var admin = await host.SignInAsAdminAsync(Cancelled);

        await RegisterAsync(admin, refusing.MetadataUrl("refuses"), "refuses");

        foreach (var (name, _, _) in Illnesses)
        {
            await RegisterAsync(admin, dataPlanes.MetadataUrl(name), name);
        }

        Assert.Equal(Expected(_ => "ACTIVE HEALTHY"), await StatusesAsync(admin));

        var address = refusing.BaseAddress;
        await refusing.DisposeAsync();

        foreach (var (name, fault, _) in Illnesses)
        {
            dataPlanes.Set(name, fault);
        }

        await ReconcileAsync(admin);
        Assert.Equal(Expected(code => $"INACTIVE {code}"), await StatusesAsync(admin));

        await using var back = await DataPlaneSimulator.StartAsync(
            new DataPlaneSimulatorOptions { Urls = address.GetLeftPart(UriPartial.Authority) }, cancellationToken: Cancelled);
        dataPlanes.ResetAll();
        await ReconcileAsync(admin);
        Assert.Equal(Expected(_ => "ACTIVE HEALTHY"), await StatusesAsync(admin));

        Assert.Equal(
            Expected(_ => "INACTIVE>ACTIVE RECONCILE, ACTIVE>INACTIVE RECONCILE, >ACTIVE REGISTER"), await HistoriesAsync(admin));
    }

    private static string[] Expected(Func<string, string> what)
        => [.. Illnesses.Select(i => (i.Name, i.Code)).Append(("refuses", "CONNECTION_REFUSED")).OrderBy(i => i.Item1, StringComparer.Ordinal).Select(i => $"{i.Item1}: {what(i.Item2)}")];

    private static async Task RegisterAsync(GraphQLClient admin, string url, string name)
    {
        var answer = await admin.SendAsync(
            "mutation($name: String!, $url: String!) { registerCluster(name: $name, metadataUrl: $url) { name } }", new { name, url }, Cancelled);
        Assert.Equal(name, answer.Text("registerCluster.name"));
    }

    private static Task<GraphQLAnswer> ReconcileAsync(GraphQLClient admin)
        => admin.SendAsync("{ reconcileClusterMetadataJob { successfulClusterIds } }", cancellationToken: Cancelled);

    private static async Task<string[]> StatusesAsync(GraphQLClient admin)
    {
        var answer = await admin.SendAsync("{ paginatedClusters(sortBy: name) { clusters { name status statusReason } } }", cancellationToken: Cancelled);
        return [.. answer.Data("paginatedClusters.clusters").EnumerateArray().Select(c => $"{Text(c, "name")}: {Text(c, "status")} {Text(c.GetProperty("statusReason"), "code")}")];
    }

    private static async Task<string[]> HistoriesAsync(GraphQLClient admin)
    {
        var answer = await admin.SendAsync(
            "{ paginatedClusters(sortBy: name) { clusters { name statusHistory { transitions { from to cause at } } } } }", cancellationToken: Cancelled);
        return
        [
            .. answer.Data("paginatedClusters.clusters").EnumerateArray().Select(c =>
                $"{Text(c, "name")}: {string.Join(", ", c.GetProperty("statusHistory").GetProperty("transitions").EnumerateArray().Select(t => $"{Text(t, "from")}>{Text(t, "to")} {Text(t, "cause")}"))}"),
        ];
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
