using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.Execution.Pipeline;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

public sealed class ClusterStatusChangedTests(TwoReplicas replicas) : IClassFixture<TwoReplicas>, IAsyncLifetime
{
    private const string Names = "subscription { clusterStatusChanged { cluster { name } transition { to } } }";
    private const string Refusal = "You do not have the appropriate permissions for that";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await replicas.ForgetAsync();
        await replicas.AddClustersAsync(3);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Tells_subscribers_of_every_replica_what_one_of_them_has_stored()
    {
        const string Document =
            """
            subscription {
              clusterStatusChanged {
                cluster { id name status k8sVersion statusReason config statusHistory(take: 1) { count } }
                transition { from to reason cause actor runId }
              }
            }
            """;
        await using var a = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Document);
        await using var b = await HostSubscription.OpenAsync(replicas.B, replicas.Root, Document);

        await replicas.SetStatusAsync(2, ClusterStatus.Inactive);

        var expected =
            """
            {"data":{"clusterStatusChanged":{"cluster":{"id":"00000000-0000-7000-8000-000000000002","name":"c2","status":"INACTIVE","k8sVersion":null,
            "statusReason":{"message":"Set to INACTIVE by root"},"config":null,"statusHistory":{"count":1}},
            "transition":{"from":"ACTIVE","to":"INACTIVE","reason":{"message":"Set to INACTIVE by root"},"cause":"MANUAL","actor":"root","runId":null}}}}
            """.ReplaceLineEndings("");
        Assert.Equal(expected, await a.NextAsync());
        Assert.Equal(expected, await b.NextAsync());
    }

    [Fact]
    public async Task Tells_only_of_what_was_asked_for()
    {
        await using var chosen = await OpenAsync($"(clusterIds: [\"{StoredClusters.Id(2)}\", \"{StoredClusters.Id(3)}\", \"none\"])");
        await using var active = await OpenAsync("(status: ACTIVE)");
        await using var both = await OpenAsync($"(clusterIds: [\"{StoredClusters.Id(3)}\"], status: ACTIVE)");
        await using var none = await OpenAsync("(clusterIds: [])");
        await using var all = await OpenAsync("");

        foreach (var status in new[] { ClusterStatus.Inactive, ClusterStatus.Active })
        {
            await replicas.SetStatusAsync(1, status);
            await replicas.SetStatusAsync(2, status);
            await replicas.SetStatusAsync(3, status);
        }

        string[] expected = ["c1 INACTIVE", "c2 INACTIVE", "c3 INACTIVE", "c1 ACTIVE", "c2 ACTIVE", "c3 ACTIVE"];
        Assert.Equal(expected.Select(Told), await all.TakeAsync(6));
        Assert.Equal(expected.Where(e => !e.StartsWith("c1", StringComparison.Ordinal)).Select(Told), await chosen.TakeAsync(4));
        Assert.Equal(expected[3..].Select(Told), await active.TakeAsync(3));
        Assert.Equal(Told("c3 ACTIVE"), await both.NextAsync());

        // Whoever asked for nothing has been told of nothing, though everything has been delivered.
        var next = none.NextAsync();
        Assert.False(next.IsCompleted);
        await none.DisposeAsync();
        Assert.Null(await next);
    }

    [Fact]
    public async Task Tells_callers_with_a_cluster_role_of_that_cluster_alone()
    {
        var token = await replicas.TokenAsync(
            replicas.Name("user"),
            RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(2)),
            RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(3)));
        await using var subscription = await HostSubscription.OpenAsync(replicas.A, token, Names);

        await replicas.SetStatusAsync(1, ClusterStatus.Inactive);
        await replicas.SetStatusAsync(2, ClusterStatus.Inactive);
        Assert.Equal(Told("c2 INACTIVE"), await subscription.NextAsync());

        // One of the roles is taken away: what happens to that cluster from then on is not for them.
        await replicas.Database.ExecuteAsync(
            $"""DELETE FROM {HoustonNames.RoleBinding} WHERE "clusterId" = '{StoredClusters.Id(2)}'""", Cancellation);
        replicas.A.Services.GetRequiredService<TokenVerifier>().ForgetAll();
        await replicas.SetStatusAsync(2, ClusterStatus.Active);
        await replicas.SetStatusAsync(3, ClusterStatus.Inactive);
        Assert.Equal(Told("c3 INACTIVE"), await subscription.NextAsync());
    }

    [Fact]
    public async Task Refuses_callers_who_may_see_no_cluster()
    {
        Assert.Equal(Refused("UNAUTHENTICATED"), (await HostSubscription.OpenAsync(replicas.A, null, Names)).Text);

        var refused = await HostSubscription.OpenAsync(replicas.A, await replicas.TokenAsync(replicas.Name("user")), Names);
        Assert.Equal(Refused("FORBIDDEN"), refused.Text);
        Assert.Equal(ResponseKind.SubscriptionFailed, refused.Result.Response.Kind);
    }

    [Theory]
    [InlineData("DELETE FROM {bindings} WHERE \"clusterId\" = '{cluster}'", "FORBIDDEN")]
    [InlineData("UPDATE {tokens} SET \"revokedAt\" = now() WHERE \"publicId\" = '{token}'", "UNAUTHENTICATED")]
    [InlineData("UPDATE {tokens} SET \"expiresAt\" = now() + interval '0.1 seconds' WHERE \"publicId\" = '{token}'", "UNAUTHENTICATED")]
    public async Task Ends_when_the_caller_may_not_have_it_any_more_though_nothing_happens(string statement, string code)
    {
        var token = await replicas.TokenAsync(replicas.Name("user"), RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(1)));
        await using var subscription = await HostSubscription.OpenAsync(replicas.A, token, Names);
        var next = subscription.NextAsync();

        await replicas.Database.ExecuteAsync(
            statement
                .Replace("{bindings}", HoustonNames.RoleBinding, StringComparison.Ordinal)
                .Replace("{tokens}", HoustonNames.UserToken, StringComparison.Ordinal)
                .Replace("{cluster}", StoredClusters.Id(1).ToString(), StringComparison.Ordinal)
                .Replace("{token}", token[6..14], StringComparison.Ordinal),
            Cancellation);

        Assert.Equal(Refused(code), await next);
        Assert.Null(await subscription.NextAsync());
    }

    [Fact]
    public async Task Loses_nothing_and_repeats_nothing_when_its_connection_is_cut()
    {
        await using var a = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
        await using var b = await HostSubscription.OpenAsync(replicas.B, replicas.Root, Names);
        var expected = new List<string?>();
        var cut = 0;

        for (var round = 0; round < 10; round++)
        {
            for (var n = 1; n <= 3; n++)
            {
                var status = round % 2 == 0 ? ClusterStatus.Inactive : ClusterStatus.Active;
                await replicas.SetStatusAsync(n, status);
                expected.Add(Told($"c{n} {EnumTexts.Of(status)}"));

                if (n == 2)
                {
                    cut += await replicas.CutListenersAsync();
                }
            }
        }

        Assert.NotEqual(0, cut);
        Assert.Equal(expected, await a.TakeAsync(30));
        Assert.Equal(expected, await b.TakeAsync(30));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Loses_nothing_that_commits_after_what_was_written_later(bool isCut)
    {
        await using var subscription = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
        await using var slow = await replicas.Database.DataSources.Writes.OpenConnectionAsync(Cancellation);
        await using var transaction = await slow.BeginTransactionAsync(Cancellation);
        await StoredChanges.WriteAsync(slow, StoredClusters.Id(1), Cancellation);

        await replicas.SetStatusAsync(2, ClusterStatus.Inactive);
        Assert.Equal(Told("c2 INACTIVE"), await subscription.NextAsync());

        if (isCut)
        {
            Assert.NotEqual(0, await replicas.CutListenersAsync());
        }

        await transaction.CommitAsync(Cancellation);
        Assert.Equal(Told("c1 INACTIVE"), await subscription.NextAsync());

        await replicas.SetStatusAsync(3, ClusterStatus.Inactive);
        Assert.Equal(Told("c3 INACTIVE"), await subscription.NextAsync());
    }

    [Fact]
    public async Task Tells_of_what_commits_right_after_it_was_subscribed()
    {
        for (var round = 0; round < 20; round++)
        {
            var status = round % 2 == 0 ? ClusterStatus.Inactive : ClusterStatus.Active;
            await using var subscription = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
            await replicas.SetStatusAsync(1, status);
            Assert.Equal(Told($"c1 {EnumTexts.Of(status)}"), await subscription.NextAsync());
        }
    }

    [Fact]
    public async Task Reads_once_for_all_subscribers_and_only_what_they_select()
    {
        await using var first = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
        await using var second = await HostSubscription.OpenAsync(
            replicas.A, replicas.Root, "subscription { clusterStatusChanged { cluster { region } } }");

        var statements = await StatementLog.OfAsync(replicas.Database, async () =>
        {
            await replicas.SetStatusAsync(1, ClusterStatus.Inactive);
            Assert.Equal(Told("c1 INACTIVE"), await first.NextAsync());
            Assert.Equal("""{"data":{"clusterStatusChanged":{"cluster":{"region":null}}}}""", await second.NextAsync());
        });

        var read = Assert.Single(statements, text => text.Contains("pg_visible_in_snapshot", StringComparison.Ordinal));
        Assert.StartsWith("select c.id, c.name, c.region, e.id, t.id,", read, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Listens_only_while_somebody_subscribes()
    {
        await WaitUntilNobodyListensAsync();
        var first = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
        var second = await HostSubscription.OpenAsync(replicas.A, replicas.Root, Names);
        Assert.Equal(1, await replicas.CountListenersAsync());

        await first.DisposeAsync();
        await replicas.SetStatusAsync(1, ClusterStatus.Inactive);
        Assert.Equal(Told("c1 INACTIVE"), await second.NextAsync());

        await second.DisposeAsync();
        await WaitUntilNobodyListensAsync();
    }

    private Task<HostSubscription> OpenAsync(string arguments)
        => HostSubscription.OpenAsync(
            replicas.A, replicas.Root, Names.Replace("clusterStatusChanged", $"clusterStatusChanged{arguments}", StringComparison.Ordinal));

    private async Task WaitUntilNobodyListensAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        while (await replicas.CountListenersAsync() > 0)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static string Told(string change)
        => change.Split(' ') is [var name, var status]
            ? $"{{\"data\":{{\"clusterStatusChanged\":{{\"cluster\":{{\"name\":\"{name}\"}},\"transition\":{{\"to\":\"{status}\"}}}}}}}}"
            : throw new ArgumentException("Name and status.", nameof(change));

    private static string Refused(string code)
        => $$$"""{"errors":[{"message":"{{{Refusal}}}","locations":[{"line":1,"column":16}],"path":["clusterStatusChanged"],"extensions":{"code":"{{{code}}}"}}]}""";
}
