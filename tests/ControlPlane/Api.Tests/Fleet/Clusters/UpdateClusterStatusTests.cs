using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>updateCluster</c>: the status and its reason, which may be set in any state.</summary>
public sealed class UpdateClusterStatusTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Denied = "You do not have the appropriate permissions for that";

    private static readonly DateTimeOffset Morning = FakeClock.Noon.AddHours(-4);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>c1 is ACTIVE, c2 is INACTIVE, both since the morning and for a reason.</summary>
    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        var active = StoredClusters.Make(1, createdAt: Morning, updatedAt: Morning, statusChangedAt: Morning);
        var inactive = StoredClusters.Make(2, status: ClusterStatus.Inactive, createdAt: Morning, updatedAt: Morning, statusChangedAt: Morning);
        active.StatusReason = inactive.StatusReason = """{"message":"before"}"""u8.ToArray();
        await api.AddClustersAsync(active, inactive);
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData(1, "status: INACTIVE", "INACTIVE", """{"message":"Set to INACTIVE by root"}""", "12:00")]
    [InlineData(2, "status: ACTIVE", "ACTIVE", """{"message":"Set to ACTIVE by root"}""", "12:00")]
    [InlineData(1, "status: ACTIVE", "ACTIVE", """{"message":"Set to ACTIVE by root"}""", "08:00")]
    [InlineData(1, "status: INACTIVE, statusReason: { message: \"night\" }", "INACTIVE", """{"message":"night"}""", "12:00")]
    [InlineData(2, "status: ACTIVE, statusReason: { any: [1, 2.50, { shape: null }] }", "ACTIVE", """{"any":[1,2.50,{"shape":null}]}""", "12:00")]
    [InlineData(2, "status: INACTIVE, statusReason: {}", "INACTIVE", "{}", "08:00")]
    [InlineData(1, "status: INACTIVE, statusReason: null", "INACTIVE", "null", "12:00")]
    [InlineData(1, "statusReason: null", "ACTIVE", "null", "08:00")]
    [InlineData(2, "statusReason: { message: \"still\" }", "INACTIVE", """{"message":"still"}""", "08:00")]
    [InlineData(1, "status: null, statusReason: { message: \"new\" }", "ACTIVE", """{"message":"new"}""", "08:00")]
    public async Task Sets_status_and_reason_and_notes_when(int cluster, string arguments, string status, string reason, string changedAt)
        => AnswerAssert.Is(
            $$"""
            {"data":{"updateCluster":{"status":"{{status}}","statusReason":{{reason}},"statusChangedAt":"2026-01-01T{{changedAt}}:00.000Z",
              "createdAt":"2026-01-01T08:00:00.000Z","updatedAt":"2026-01-01T12:00:00.000Z","observedAt":"2026-01-01T12:00:00.000Z"} } }
            """,
            await UpdateAsync(api.Admin, cluster, arguments, "status statusReason statusChangedAt createdAt updatedAt observedAt"));

    [Theory]
    [InlineData("")]
    [InlineData("status: null, name: null, deploymentsConfigOverride: null")]
    [InlineData("statusReason: { message: \"before\" }")]
    [InlineData("name: \"c1\"")]
    public async Task What_changes_nothing_writes_nothing(string arguments)
    {
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Is(
            """{"data":{"updateCluster":{"name":"c1","statusReason":{"message":"before"},"updatedAt":"2026-01-01T08:00:00.000Z"}}}""",
            await UpdateAsync(api.Admin, 1, arguments, "name statusReason updatedAt"));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
    }

    [Fact]
    public async Task A_reason_is_kept_to_the_last_character_of_its_variable()
    {
        const string Reason = """{"z":1.50,"a":"é \ud83d\ude00 </script>","n":[1e2,-0.0,12345678901234567890],"nul":"\u0000","":{}}""";

        var answer = await PostAsync(Reason);

        Assert.Equal("{\"data\":{\"updateCluster\":{\"statusReason\":" + Reason + "}}}", answer.Body);
    }

    [Fact]
    public async Task A_change_leaves_a_transition_an_event_and_an_audit_row()
    {
        await UpdateAsync(api.Admin, 1, "status: INACTIVE, statusReason: { message: \"night\" }", "id");
        await UpdateAsync(api.Admin, 1, "status: ACTIVE", "id");

        await Traces.IsHistoryAsync(
            $$"""
            [{"cluster":"{{StoredClusters.Id(1)}}","from":"ACTIVE","to":"INACTIVE","reason":{"message":"night"},"cause":"MANUAL","actor":"root","runId":null,"at":"12:00"},
             {"cluster":"{{StoredClusters.Id(1)}}","from":"INACTIVE","to":"ACTIVE","reason":{"message":"Set to ACTIVE by root"},"cause":"MANUAL","actor":"root","runId":null,"at":"12:00"}]
            """,
            api.Database);
        await Traces.AreEventsAsync(
            $$"""
            [{"kind":"cluster.statusChanged","cluster":"{{StoredClusters.Id(1)}}","of":"INACTIVE","payload":null},
             {"kind":"cluster.statusChanged","cluster":"{{StoredClusters.Id(1)}}","of":"ACTIVE","payload":null}]
            """,
            api.Database);
        await Traces.AreAuditsAsync(
            $$"""
            [{"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.update","operation":"updateCluster","id":"{{StoredClusters.Id(1)}}","name":"c1",
              "before":{"name":"c1","status":"ACTIVE","statusReason":{"message":"before"},"configOverride":null,"workspaceIds":[]},
              "after":{"name":"c1","status":"INACTIVE","statusReason":{"message":"night"},"configOverride":null,"workspaceIds":[]},"outcome":"SUCCESS","traceable":true},
             {"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.update","operation":"updateCluster","id":"{{StoredClusters.Id(1)}}","name":"c1",
              "before":{"name":"c1","status":"INACTIVE","statusReason":{"message":"night"},"configOverride":null,"workspaceIds":[]},
              "after":{"name":"c1","status":"ACTIVE","statusReason":{"message":"Set to ACTIVE by root"},"configOverride":null,"workspaceIds":[]},"outcome":"SUCCESS","traceable":true}]
            """,
            api.Database);
    }

    [Theory]
    [InlineData("status: INACTIVE", "healthy", "ACTIVE", "INACTIVE")]
    [InlineData("status: ACTIVE, statusReason: { message: \"verified\" }", "unhealthy", "INACTIVE", null)]
    public async Task A_status_set_by_hand_lasts_until_the_next_reconcile(string arguments, string fault, string then, string? before)
    {
        await api.StartDataPlanesAsync();
        var id = (await api.Admin.SendAsync(
            $"mutation {{ registerCluster(name: \"real\", metadataUrl: \"{api.DataPlanes.MetadataUrl("real")}\") {{ id }} }}",
            cancellationToken: Cancelled)).Text("registerCluster.id");
        await api.Admin.SendAsync($"mutation {{ updateCluster(id: \"{id}\", {arguments}) {{ id }} }}", cancellationToken: Cancelled);
        api.DataPlanes.Set("real", Fault.Parse(fault));

        var answer = await api.Admin.SendAsync(
            $"query {{ reconcileClusterMetadataJob(clusterIds: [\"{id}\"]) {{ successfulClusterIds }} }}", cancellationToken: Cancelled);

        AnswerAssert.Is($$"""{"data":{"reconcileClusterMetadataJob":{"successfulClusterIds":["{{id}}"]} } }""", answer);
        Assert.Equal(
            new[] { "ACTIVE", before, then }.OfType<string>(),
            await api.Database.QueryAsync<string>("""select "to" from houston$default."ClusterStatusTransition" order by number""", Cancelled));
    }

    [Fact]
    public async Task A_new_reason_for_the_same_status_is_no_transition_but_is_audited()
    {
        await UpdateAsync(api.Admin, 2, "status: INACTIVE, statusReason: { message: \"longer\" }", "id");

        await Traces.IsHistoryAsync("[]", api.Database);
        await Traces.AreEventsAsync("[]", api.Database);
        await Traces.AreAuditsAsync(
            $$"""
            [{"kind":"USER","actor":"root","address":"127.0.0.1","action":"cluster.update","operation":"updateCluster","id":"{{StoredClusters.Id(2)}}","name":"c2",
              "before":{"name":"c2","status":"INACTIVE","statusReason":{"message":"before"},"configOverride":null,"workspaceIds":[]},
              "after":{"name":"c2","status":"INACTIVE","statusReason":{"message":"longer"},"configOverride":null,"workspaceIds":[]},"outcome":"SUCCESS","traceable":true}]
            """,
            api.Database);
    }

    [Theory]
    [InlineData("\"maintenance\"", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a text.")]
    [InlineData("[{ message: \"x\" }]", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a list.")]
    [InlineData("42", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a number.")]
    [InlineData("false", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a truth value.")]
    public async Task A_reason_that_is_no_object_is_refused(string reason, string message)
        => await RefusesAsync($"status: INACTIVE, statusReason: {reason}", message, "INVALID_STATUS_REASON");

    [Fact]
    public async Task A_reason_with_a_member_twice_is_refused_because_readers_disagree_on_which_counts()
        => AnswerAssert.Refuses(
            "updateCluster",
            "statusReason has the member 'b' twice in one object.",
            "INVALID_STATUS_REASON",
            await PostAsync("""{"a":[{"b":1,"c":{"b":2},"\u0062":3}]}"""));

    [Theory]
    [InlineData("""{"a":{"\ud800":1}}""", "statusReason has a member whose name is not valid Unicode.")]
    [InlineData("""{"a":[1,"\udfff"]}""", "statusReason has a text that is not valid Unicode.")]
    public async Task A_reason_with_half_a_character_is_refused(string reason, string message)
        => AnswerAssert.Refuses("updateCluster", message, "INVALID_STATUS_REASON", await PostAsync(reason));

    [Fact]
    public async Task A_reason_may_have_16_KiB_and_no_byte_more()
    {
        var longest = new string('x', (16 * 1024) - """{"message":""}""".Length);

        Assert.Equal(
            longest, (await UpdateAsync(api.Admin, 1, $"statusReason: {{ message: \"{longest}\" }}", "statusReason")).Text("updateCluster.statusReason.message"));
        await RefusesAsync(
            $"statusReason: {{ message: \"{longest}x\" }}", "statusReason has 16385 bytes, but at most 16384 are allowed.", "INVALID_STATUS_REASON");
    }

    [Fact]
    public async Task A_reason_may_be_16_deep_and_no_deeper()
    {
        AnswerAssert.Is(
            $$"""{"data":{"updateCluster":{"statusReason":{{Nested(16, "\"a\"")}} } } }""",
            await UpdateAsync(api.Admin, 1, $"statusReason: {Nested(16, "a")}", "statusReason"));
        await RefusesAsync(
            $"statusReason: {Nested(17, "a")}", "statusReason is nested more than 16 levels deep, which is the most that is allowed.", "INVALID_STATUS_REASON");
    }

    [Theory]
    [InlineData("00000000-0000-7000-8000-00000000ffff")]
    [InlineData("no id of ours")]
    [InlineData("")]
    public async Task An_id_that_names_nothing_is_not_found(string id)
        => AnswerAssert.Refuses(
            "updateCluster",
            "Cluster not found",
            "NOT_FOUND",
            await api.Admin.SendAsync($"mutation {{ updateCluster(id: \"{id}\", status: ACTIVE) {{ id }} }}", cancellationToken: Cancelled));

    [Fact]
    public async Task An_admin_of_the_cluster_may_and_others_may_not()
    {
        var admin = await api.SignInAsync("cluster-admin", RoleTable.BuiltIn.Grant(RoleNames.ClusterAdmin, clusterId: StoredClusters.Id(1)));
        var viewer = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.ClusterViewer, clusterId: StoredClusters.Id(1)));
        var editor = await api.SignInAsync(RoleTable.BuiltIn.Grant(RoleNames.SystemEditor));

        AnswerAssert.Refuses("updateCluster", Denied, "UNAUTHENTICATED", await UpdateAsync(api.Anonymous, 1, "status: INACTIVE", "id"));
        AnswerAssert.Refuses("updateCluster", Denied, "FORBIDDEN", await UpdateAsync(api.Plain, 1, "status: INACTIVE", "id"));
        AnswerAssert.Refuses("updateCluster", Denied, "FORBIDDEN", await UpdateAsync(viewer, 1, "status: INACTIVE", "id"));
        AnswerAssert.Refuses("updateCluster", Denied, "FORBIDDEN", await UpdateAsync(editor, 1, "status: INACTIVE", "id"));
        AnswerAssert.Refuses("updateCluster", Denied, "FORBIDDEN", await UpdateAsync(admin, 2, "status: INACTIVE", "id"));
        AnswerAssert.Refuses("updateCluster", Denied, "FORBIDDEN", await UpdateAsync(admin, 99, "status: INACTIVE", "id"));
        AnswerAssert.Is(
            """{"data":{"updateCluster":{"statusReason":{"message":"Set to INACTIVE by cluster-admin"}}}}""",
            await UpdateAsync(admin, 1, "status: INACTIVE", "statusReason"));
    }

    [Fact]
    public async Task Of_many_changes_at_once_each_continues_where_the_one_before_ended()
    {
        var changes = Enumerable.Range(0, 12).Select(i => UpdateAsync(api.Admin, 1, i % 2 == 0 ? "status: INACTIVE" : "status: ACTIVE", "id"));

        Assert.All(await Task.WhenAll(changes), answer => Assert.StartsWith("{\"data\"", answer.Body, StringComparison.Ordinal));

        var history = await api.Database.QueryAsync<string>(
            """select "from" || ' ' || "to" from houston$default."ClusterStatusTransition" order by number""", Cancelled);
        Assert.NotEmpty(history);
        Assert.Equal(Enumerable.Range(0, history.Count).Select(i => i % 2 == 0 ? "ACTIVE INACTIVE" : "INACTIVE ACTIVE"), history);
        Assert.Equal(
            [history.Count % 2 == 0 ? "ACTIVE" : "INACTIVE"],
            await api.Database.QueryAsync<string>($"""select status from houston$default."Cluster" where id = '{StoredClusters.Id(1)}'""", Cancelled));
    }

    /// <summary>Sends the reason as it is, in the variables.</summary>
    private async Task<GraphQLAnswer> PostAsync(string reason)
        => await api.PostAsync(
            "{\"query\":\"mutation($reason: JSON) { updateCluster(id: \\\"" + StoredClusters.Id(1)
                + "\\\", statusReason: $reason) { statusReason } }\",\"variables\":{\"reason\":" + reason + "}}",
            await api.TokenAsync($"sender {Guid.NewGuid()}", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin)));

    private static string Nested(int levels, string key)
        => string.Concat(Enumerable.Repeat($"{{{key}:", levels - 1)) + "{}" + new string('}', levels - 1);

    private async Task RefusesAsync(string arguments, string message, string code)
    {
        var before = await Traces.EverythingAsync(api.Database);

        AnswerAssert.Refuses("updateCluster", message, code, await UpdateAsync(api.Admin, 1, arguments, "id"));
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
    }

    private static Task<GraphQLAnswer> UpdateAsync(GraphQLClient client, int cluster, string arguments, string fields)
        => client.SendAsync(
            $"mutation {{ updateCluster(id: \"{StoredClusters.Id(cluster)}\", {arguments}) {{ {fields} }} }}", cancellationToken: Cancelled);
}
