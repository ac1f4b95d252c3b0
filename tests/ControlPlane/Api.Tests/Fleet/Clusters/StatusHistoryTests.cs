using Apc.ControlPlane.Data;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>statusHistory</c> of a cluster.</summary>
public sealed class StatusHistoryTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>c1 has changed 5 times, c2 twice, c3 never. The times go backwards, as after a correction of the clock: the numbers count.</summary>
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.AddClustersAsync(StoredClusters.Make(1), StoredClusters.Make(2), StoredClusters.Make(3));
        await api.Database.ExecuteAsync(
            $$"""
            insert into {{HoustonNames.ClusterStatusTransition}} (id, "clusterId", number, "from", "to", reason, cause, actor, "runId", at)
            select ('00000000-0000-7000-9000-00000000000' || n)::uuid, ('00000000-0000-7000-8000-00000000000' || cluster)::uuid, n,
              case when first then null when active then 'INACTIVE' else 'ACTIVE' end, case when active then 'ACTIVE' else 'INACTIVE' end,
              case when n = 4 then null else ('{"n":' || n || '}')::json end, cause,
              case when cause = 'SCHEDULE' then null else 'root' end, case when cause = 'SCHEDULE' then '00000000-0000-7000-a000-000000000001'::uuid end,
              '2026-01-01 12:00Z'::timestamptz - n * interval '1 minute'
            from (values (1, 1, true, true, 'REGISTER'), (2, 2, true, true, 'REGISTER'), (3, 1, false, false, 'SCHEDULE'), (4, 1, false, true, 'MANUAL'),
              (5, 2, false, false, 'RECONCILE'), (6, 1, false, false, 'RECONCILE'), (7, 1, false, true, 'SCHEDULE')) t (n, cluster, first, active, cause)
            """,
            Cancelled);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Shows_every_change_newest_first()
        => AnswerAssert.Is(
            """
            {"data":{"cluster":{"statusHistory":{"transitions":[
              {"id":"00000000-0000-7000-9000-000000000007","from":"INACTIVE","to":"ACTIVE","reason":{"n":7},"cause":"SCHEDULE","actor":null,
                "runId":"00000000-0000-7000-a000-000000000001","at":"2026-01-01T11:53:00.000Z"},
              {"id":"00000000-0000-7000-9000-000000000006","from":"ACTIVE","to":"INACTIVE","reason":{"n":6},"cause":"RECONCILE","actor":"root",
                "runId":null,"at":"2026-01-01T11:54:00.000Z"},
              {"id":"00000000-0000-7000-9000-000000000004","from":"INACTIVE","to":"ACTIVE","reason":null,"cause":"MANUAL","actor":"root",
                "runId":null,"at":"2026-01-01T11:56:00.000Z"},
              {"id":"00000000-0000-7000-9000-000000000003","from":"ACTIVE","to":"INACTIVE","reason":{"n":3},"cause":"SCHEDULE","actor":null,
                "runId":"00000000-0000-7000-a000-000000000001","at":"2026-01-01T11:57:00.000Z"},
              {"id":"00000000-0000-7000-9000-000000000001","from":null,"to":"ACTIVE","reason":{"n":1},"cause":"REGISTER","actor":"root",
                "runId":null,"at":"2026-01-01T11:59:00.000Z"}],"count":5}}}}
            """,
            await OfAsync(1, "", "transitions { id from to reason cause actor runId at } count"));

    [Theory]
    [InlineData(1, "take: 2", "7 6", 5)]
    [InlineData(1, "take: 2, cursor: \"00000000-0000-7000-9000-000000000006\"", "4 3", 5)]
    [InlineData(1, "take: 2, cursor: \"00000000-0000-7000-9000-000000000003\"", "1", 5)]
    [InlineData(1, "cursor: \"00000000-0000-7000-9000-000000000001\"", "", 5)]
    [InlineData(1, "take: -1, cursor: \"\"", "7 6 4 3 1", 5)]
    [InlineData(1, "take: null, cursor: null", "7 6 4 3 1", 5)]
    [InlineData(2, "", "5 2", 2)]
    [InlineData(3, "", "", 0)]
    public async Task Comes_in_pages(int cluster, string arguments, string numbers, int count)
    {
        var transitions = numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => $$"""{"id":"00000000-0000-7000-9000-00000000000{{n}}"}""");

        AnswerAssert.Is(
            $$"""{"data":{"cluster":{"statusHistory":{"transitions":[{{string.Join(',', transitions)}}],"count":{{count}} } } } }""",
            await OfAsync(cluster, arguments, "transitions { id } count"));
    }

    [Theory]
    [InlineData("take: 0", "take is 0, but must be 1 to 100, or -1 for as many as one page may have (100).", "BAD_USER_INPUT")]
    [InlineData("take: 101", "take is 101, but must be 1 to 100, or -1 for as many as one page may have (100).", "BAD_USER_INPUT")]
    [InlineData("cursor: \"no id\"", "There is no status change with the id 'no id' to start after. Start again without a cursor.", "CURSOR_NOT_FOUND")]
    [InlineData("cursor: \"00000000-0000-7000-9000-000000000005\"", "There is no status change with the id '00000000-0000-7000-9000-000000000005' to start after. Start again without a cursor.", "CURSOR_NOT_FOUND")]
    public async Task A_page_that_cannot_be_is_null_with_an_error_and_the_cluster_stands(string arguments, string message, string code)
        => AnswerAssert.Is(
            $$"""
            {"errors":[{"message":"{{message}}","locations":[{"line":1,"column":62}],"path":["cluster","statusHistory"],"extensions":{"code":"{{code}}"} }],
             "data":{"cluster":{"name":"c1","statusHistory":null} } }
            """,
            await api.Admin.SendAsync(
                $"{{ cluster(id: \"{StoredClusters.Id(1)}\") {{ name statusHistory({arguments}) {{ count }} }} }}", cancellationToken: Cancelled));

    [Fact]
    public async Task The_histories_of_a_list_are_read_together()
    {
        GraphQLAnswer? answer = null;

        var roundTrips = await StatementLog.OfAsync(api.Database, async () => answer = await api.Admin.SendAsync(
            "{ paginatedClusters { clusters { name statusHistory(take: 1) { transitions { to } count } } } }", cancellationToken: Cancelled));

        AnswerAssert.Is(
            """
            {"data":{"paginatedClusters":{"clusters":[
              {"name":"c3","statusHistory":{"transitions":[],"count":0}},
              {"name":"c2","statusHistory":{"transitions":[{"to":"INACTIVE"}],"count":2}},
              {"name":"c1","statusHistory":{"transitions":[{"to":"ACTIVE"}],"count":5}}]}}}
            """,
            answer!);
        Assert.Equal(2, roundTrips.Count);
    }

    [Fact]
    public async Task Histories_that_are_asked_for_differently_do_not_mix()
        => AnswerAssert.Is(
            """
            {"data":{"paginatedClusters":{"clusters":[
              {"newest":{"transitions":[{"to":"ACTIVE"}]},"all":{"count":5}},
              {"newest":{"transitions":[{"to":"INACTIVE"}]},"all":{"count":2}}]}}}
            """,
            await api.Admin.SendAsync(
                """
                { paginatedClusters(take: 2, sortBy: name) {
                    clusters { newest: statusHistory(take: 1) { transitions { to } } all: statusHistory { count } } } }
                """,
                cancellationToken: Cancelled));

    private Task<GraphQLAnswer> OfAsync(int cluster, string arguments, string fields)
        => api.Admin.SendAsync(
            $"{{ cluster(id: \"{StoredClusters.Id(cluster)}\") {{ statusHistory{(arguments.Length == 0 ? "" : $"({arguments})")} {{ {fields} }} }} }}",
            cancellationToken: Cancelled);
}
