using Apc.ControlPlane.Api.Fleet.Sweeps;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.Simulation;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>Subscribers of a host whose sweeps change many clusters at once.</summary>
public sealed class SubscriberTests(FleetFixture fleet) : IClassFixture<FleetFixture>, IAsyncLifetime
{
    private const string Document = "subscription { clusterStatusChanged { cluster { name } transition { from to cause } } }";
    private const int MaxPending = 10;

    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly FakeClock _clock = new(Noon);

    private ApiHost _host = null!;
    private string _token = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await fleet.ResetAsync(Cancellation);

        // The clusters took the roles with them; without users the host makes its admin anew.
        await fleet.Database.ExecuteAsync($"TRUNCATE {HoustonNames.User} CASCADE", Cancellation);
        _host = await ApiHost.StartAsync(fleet.Database, _clock, $"GraphQL:Subscriptions:MaxPendingEvents={MaxPending}");
        _token = await TokenAsync();
    }

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Are_told_of_every_change_that_a_sweep_finds()
    {
        await RegisterUnhealthyAsync(60);
        await using var subscription = await HostSubscription.OpenAsync(_host, _token, Document);

        var sweeping = _host.Services.GetRequiredService<ClusterSweep>().RunAsync(Noon, Cancellation);
        var told = await subscription.TakeAsync(60);

        Assert.Equal(60, (await sweeping)!.Successful);
        Assert.Equal(Enumerable.Range(0, 60).Select(n => Told($"c{n}")).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Who_do_not_read_are_ended_and_hold_up_nobody()
    {
        await RegisterUnhealthyAsync(60);
        await using var idle = await HostSubscription.OpenAsync(_host, _token, Document);
        await using var eager = await HostSubscription.OpenAsync(_host, _token, Document);
        var listener = await ListenerAsync();

        var sweeping = _host.Services.GetRequiredService<ClusterSweep>().RunAsync(Noon, Cancellation);

        // When the eager one has the change for which the other has no room, the other is being waited for.
        var told = await eager.TakeAsync(MaxPending + 1);
        _clock.Advance(TimeSpan.FromSeconds(0.999));
        var next = eager.TakeAsync(60 - told.Count);
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.001));
        told.AddRange(await next);
        await sweeping;

        Assert.Equal(60, told.Distinct().Count());
        Assert.Equal(told.Take(MaxPending), await idle.TakeAsync(MaxPending));
        Assert.Equal(
            """
            {"errors":[{"message":"The subscription was ended: it is read too slowly, and more than 10 events waited for it (GraphQL:Subscriptions:MaxPendingEvents). 
            Subscribe again, and read what was missed by a query.","locations":[{"line":1,"column":16}],"path":["clusterStatusChanged"],
            "extensions":{"code":"SUBSCRIPTION_FELL_BEHIND"}}]}
            """.ReplaceLineEndings(""),
            await idle.NextAsync());
        Assert.Null(await idle.NextAsync());
        Assert.Equal(listener, await ListenerAsync());
    }

    [Fact]
    public async Task Are_told_when_their_server_is_stopped()
    {
        await using var subscription = await HostSubscription.OpenAsync(_host, _token, Document);

        _host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();

        Assert.Equal(
            """
            {"errors":[{"message":"The subscription was ended, because its server is being stopped. Subscribe again.","locations":[{"line":1,"column":16}],
            "path":["clusterStatusChanged"],"extensions":{"code":"SERVICE_UNAVAILABLE"}}]}
            """.ReplaceLineEndings(""),
            await subscription.NextAsync());
        Assert.Null(await subscription.NextAsync());
    }

    /// <summary>The server's process for the connection that listens.</summary>
    private async Task<int> ListenerAsync()
        => Assert.Single(await fleet.Database.QueryAsync<int>(
            $"SELECT pid FROM pg_stat_activity WHERE application_name = '{ControlPlaneDataSources.ListenerName}' AND datname = current_database()", Cancellation));

    private async Task RegisterUnhealthyAsync(int count)
    {
        await fleet.RegisterAsync(count, Cancellation);

        for (var n = 0; n < count; n++)
        {
            fleet.DataPlanes.Set($"c{n}", Fault.Unhealthy);
        }
    }

    private async Task<string> TokenAsync()
    {
        using var anonymous = _host.Anonymous;
        var answer = await anonymous.SendAsync(
            """mutation { createToken(identity: "admin@example.com", password: "Correct-horse-1") { token { value } } }""", cancellationToken: Cancellation);
        return answer.Text("createToken.token.value");
    }

    private static string Told(string name)
        => $"{{\"data\":{{\"clusterStatusChanged\":{{\"cluster\":{{\"name\":\"{name}\"}},"
            + "\"transition\":{\"from\":\"ACTIVE\",\"to\":\"INACTIVE\",\"cause\":\"SCHEDULE\"}}}}";
}
