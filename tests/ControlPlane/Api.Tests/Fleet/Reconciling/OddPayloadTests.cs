using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Reconciling;

/// <summary>
/// <c>healthStatus</c> alone decides: whatever else is odd in a payload is told, from the wire through the database to the answer of the API.
/// </summary>
public sealed class OddPayloadTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.StartDataPlanesAsync();
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_healthy_cluster_stays_active_whatever_else_its_payload_holds()
    {
        var whole = await WholeAsync();
        var odd = await AddAsync(OddPayloads.Of(whole));

        var reconciled = await api.Admin.SendAsync(
            "{ reconcileClusterMetadataJob { successfulClusterIds failedClusterIds skippedClusterIds } }", cancellationToken: Cancelled);

        Assert.Equal(odd.Length, reconciled.Data("reconcileClusterMetadataJob.successfulClusterIds").GetArrayLength());
        Assert.Empty(await api.Database.QueryAsync<string>(
            $"""SELECT name FROM {HoustonNames.Cluster} WHERE status <> 'ACTIVE' OR "healthStatus" IS NULL""", Cancelled));

        for (var i = 0; i < odd.Length; i++)
        {
            await AssertShownAsync(odd[i].Name, odd[i].Payload, StoredClusters.Id(i + 1), whole);
        }
    }

    /// <summary>The same payload again rewrites nothing, whatever is odd in it.</summary>
    [Fact]
    public async Task A_quiet_fleet_of_odd_payloads_rewrites_no_record()
    {
        await AddAsync(OddPayloads.Of(await WholeAsync()).Where(odd => odd.Payload.Length < 10_000));

        await ReconcileAsync();
        var before = await RecordsAsync();
        await ReconcileAsync();

        Assert.Equal(before, await RecordsAsync());
    }

    [Fact]
    public async Task What_is_odd_is_shown_until_it_is_mended()
    {
        await api.AddClustersAsync(At(1, "dp"));
        await ShowsAsync("dp", """{"healthStatus":"HEALTHY","kubernetesVersion":"1.31","region":"eu","baseDomain":"dp.example.com"}""", """
            "k8sVersion":"1.31","region":"eu","commanderVersion":null,"baseDomain":"dp.example.com","metadataProblems":[]
            """);
        await ShowsAsync("dp", """{"healthStatus":"HEALTHY","kubernetesVersion":1.32,"region":["eu"],"commander":{"version":"a\u0000"},"baseDomain":"https://DP.example.com./"}""", """
            "k8sVersion":"1.32","region":null,"commanderVersion":null,"baseDomain":"dp.example.com","metadataProblems":[
              {"path":"kubernetesVersion","problem":"It is a number, not a text; it is taken as it is written."},
              {"path":"region","problem":"It is a list, not a text."},
              {"path":"commander.version","problem":"It contains U+0000."}]
            """);

        // No answer changes nothing of what the last one said.
        api.DataPlanes.Set("dp", Fault.Status(404));
        await ReconcileAsync();
        AnswerAssert.Is(
            """{"data":{"cluster":{"status":"INACTIVE","k8sVersion":"1.32","metadataProblems":[{"path":"kubernetesVersion"},{"path":"region"},{"path":"commander.version"}]}}}""",
            await api.Admin.SendAsync(
                $$"""{ cluster(id: "{{StoredClusters.Id(1)}}") { status k8sVersion metadataProblems { path } } }""", cancellationToken: Cancelled));

        await ShowsAsync("dp", """{"healthStatus":"HEALTHY","region":"us"}""", """
            "k8sVersion":"1.32","region":"us","commanderVersion":null,"baseDomain":"dp.example.com","metadataProblems":[]
            """);
        Assert.Equal(
            [true], await api.Database.QueryAsync<bool>($"""SELECT "metadataProblems" IS NULL FROM {HoustonNames.Cluster}""", Cancelled));
    }

    /// <summary>A reason that not every reader can hold once broke every later change of the cluster by hand.</summary>
    [Theory]
    [InlineData("""{"healthStatus":"\ud800"}""", "REPORTED_UNHEALTHY", "\"\\ud800\"")]
    [InlineData("""{"healthStatus":["\u0000"]}""", "REPORTED_UNHEALTHY", "[\"\\u0000\"]")]
    [InlineData("""{"healthStatus":"HEALTHY","statusReason":{"a":"\udfff"}}""", "HEALTHY", "HEALTHY")]
    [InlineData("""{"healthStatus":"HEALTHY","statusReason":{"a":1,"a":2}}""", "HEALTHY", "HEALTHY")]
    public async Task A_reason_can_be_read_by_everybody(string payload, string code, string healthStatus)
    {
        await api.AddClustersAsync(At(1, "dp"));
        api.DataPlanes.Set("dp", Fault.Body(Encoding.UTF8.GetBytes(payload)));
        await ReconcileAsync();

        var shown = await api.Admin.SendAsync($$"""{ cluster(id: "{{StoredClusters.Id(1)}}") { statusReason } }""", cancellationToken: Cancelled);
        Assert.Equal((code, healthStatus), (shown.Text("cluster.statusReason.code"), shown.Text("cluster.statusReason.healthStatus")));
        AnswerAssert.Is(
            """{"data":{"updateCluster":{"status":"INACTIVE"}}}""",
            await api.Admin.SendAsync(
                $$"""mutation { updateCluster(id: "{{StoredClusters.Id(1)}}", status: INACTIVE, statusReason: {a: 1}) { status } }""", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Registers_whatever_is_odd_as_long_as_it_can_be_told_from_others_and_reached()
    {
        var whole = await WholeAsync();
        var n = 0;

        foreach (var (name, payload) in OddPayloads.Of(whole).Where(o => o.Payload.Length < 10_000))
        {
            api.DataPlanes.Set("one", Fault.Body(payload));
            var answer = await api.Admin.SendAsync(
                $$"""mutation { registerCluster(name: "n{{n++}}", metadataUrl: "{{api.DataPlanes.MetadataUrl("one")}}") { status metadataProblems { path problem } } }""",
                cancellationToken: Cancelled);

            var outcome = MetadataReader.Read(payload);

            if (outcome.Payload!.BaseDomain is null || outcome.Payload.DataplaneUrl is null)
            {
                Assert.Contains("\"code\":\"UNEXPECTED_PAYLOAD\"", answer.Body, StringComparison.Ordinal);
                continue;
            }

            Assert.True(answer.Body.StartsWith("""{"data":{"registerCluster":{"status":"ACTIVE",""", StringComparison.Ordinal), $"{name}: {answer.Body}");
            Assert.Equal(Problems(outcome), answer.Data("registerCluster.metadataProblems").EnumerateArray().Select(Problem));
            await api.ForgetClustersAsync();
        }
    }

    [Fact]
    public async Task Says_why_a_base_domain_will_not_do()
    {
        api.DataPlanes.Set("one", Fault.Body("""{"healthStatus":"HEALTHY","baseDomain":["a"],"dataplaneUrl":"a"}"""u8));

        AnswerAssert.Refuses(
            "registerCluster",
            "The cluster was not registered. The answer has no baseDomain that can be used. It is a list, not a text. Check that the metadata URL leads to the right deployment orchestrator, and its version.",
            "UNEXPECTED_PAYLOAD",
            await api.Admin.SendAsync(
                $$"""mutation { registerCluster(name: "a", metadataUrl: "{{api.DataPlanes.MetadataUrl("one")}}") { id } }""", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task An_address_may_be_pasted_as_it_was_called()
    {
        var url = api.DataPlanes.MetadataUrl("one");

        AnswerAssert.Is(
            $$"""{"data":{"registerCluster":{"metadataUrl":"{{url}}","status":"ACTIVE"} } }""",
            await api.Admin.SendAsync(
                $$"""mutation { registerCluster(name: "a", metadataUrl: " {{url.Replace("http:", "HTTP:", StringComparison.Ordinal)}}/metadata/?pretty#top ") { metadataUrl status } }""",
                cancellationToken: Cancelled));

        // The same address, whatever its data plane says by now.
        api.DataPlanes.Set("one", new ClusterBehaviour { Payload = new JsonObject { ["baseDomain"] = "moved.example.com" } });
        AnswerAssert.Refuses(
            "registerCluster",
            "A cluster with this metadata URL already exists",
            "CLUSTER_METADATA_URL_TAKEN",
            await api.Admin.SendAsync($$"""mutation { registerCluster(name: "b", metadataUrl: "{{url}}/metadata") { id } }""", cancellationToken: Cancelled));
    }

    /// <summary>The whole answer, with what the domain's reader lifts from the payload: that this is right is its own tests' business.</summary>
    private async Task AssertShownAsync(string name, byte[] sent, Guid id, JsonObject whole)
    {
        var answer = await api.Admin.SendAsync(
            $$"""
            { cluster(id: "{{id}}") { status healthStatus k8sVersion cloudProvider region dpChartVersion commanderVersion airflowChartVersion baseDomain
              dataplaneId metadataProblems { path problem } } }
            """,
            cancellationToken: Cancelled);

        // As clients of all kinds read it: no deeper than 64 levels.
        using var document = JsonDocument.Parse(answer.Body);
        var cluster = document.RootElement.GetProperty("data").GetProperty("cluster");
        var read = MetadataReader.Read(sent);
        var payload = read.Payload!;

        Assert.Equal(
            (name, "ACTIVE", Encoding.UTF8.GetString(payload.Json.Span).Trim('\uFEFF', ' ', '\r', '\n', '\t')),
            (name, cluster.GetProperty("status").GetString(), cluster.GetProperty("healthStatus").GetRawText()));
        Assert.Equal(
            [name, .. Problems(read)],
            [name, .. cluster.GetProperty("metadataProblems").EnumerateArray().Select(Problem)]);

        // What is not odd is lifted.
        foreach (var (field, path) in new[]
        {
            ("k8sVersion", "kubernetesVersion"), ("cloudProvider", "cloudProvider"), ("region", "region"), ("dpChartVersion", "dataplaneChartVersion"),
            ("commanderVersion", "commander.version"), ("airflowChartVersion", "commander.airflowChartVersion"), ("dataplaneId", "dataplaneId"),
        })
        {
            if (name.Split(' ')[0] is var odd && odd != path && !path.StartsWith(odd + ".", StringComparison.Ordinal))
            {
                var expected = path.Split('.').Aggregate((JsonNode)whole, (node, part) => node[part]!).GetValue<string>();
                Assert.Equal((name, field, expected), (name, field, cluster.GetProperty(field).GetString()));
            }
        }
    }

    private static IEnumerable<string> Problems(ProbeOutcome outcome)
        => outcome.Payload!.Problems.IsEmpty ? [] : MetadataProblem.Parse(outcome.Payload.Problems).Select(p => $"{p.Path}: {p.Problem}");

    private static string Problem(JsonElement problem) => $"{problem.GetProperty("path").GetString()}: {problem.GetProperty("problem").GetString()}";

    private async Task<JsonObject> WholeAsync()
    {
        using var http = new HttpClient();
        return JsonNode.Parse(await http.GetStringAsync(new Uri(api.DataPlanes.MetadataUrl("one") + "/metadata"), Cancelled))!.AsObject();
    }

    private async Task ShowsAsync(string dataPlane, string payload, string members)
    {
        api.DataPlanes.Set(dataPlane, Fault.Body(Encoding.UTF8.GetBytes(payload)));
        await ReconcileAsync();
        AnswerAssert.Is(
            $$"""{"data":{"cluster":{"status":"ACTIVE",{{members}} } } }""",
            await api.Admin.SendAsync(
                $$"""{ cluster(id: "{{StoredClusters.Id(1)}}") { status k8sVersion region commanderVersion baseDomain metadataProblems { path problem } } }""",
                cancellationToken: Cancelled));
    }

    private Task<GraphQLAnswer> ReconcileAsync()
        => api.Admin.SendAsync("{ reconcileClusterMetadataJob { successfulClusterIds } }", cancellationToken: Cancelled);

    private Task<List<string>> RecordsAsync()
        => api.Database.QueryAsync<string>($"""SELECT name || xmin::text || ctid::text FROM {HoustonNames.Cluster} ORDER BY id""", Cancelled);

    /// <summary>Clusters at data planes that answer with these payloads, each with a base domain of its own.</summary>
    private async Task<(string Name, byte[] Payload)[]> AddAsync(IEnumerable<(string Name, byte[] Payload)> payloads)
    {
        var own = payloads
            .Select((odd, i) => (odd.Name, Encoding.Latin1.GetBytes(
                Encoding.Latin1.GetString(odd.Payload).Replace("one.example.com", $"odd{i}.example.com", StringComparison.Ordinal))))
            .ToArray();
        await api.AddClustersAsync([.. own.Select((_, i) => At(i + 1, $"odd{i}"))]);

        for (var i = 0; i < own.Length; i++)
        {
            api.DataPlanes.Set($"odd{i}", Fault.Body(own[i].Item2));
        }

        return own;
    }

    /// <summary>A cluster at the simulated data plane of this name.</summary>
    private Cluster At(int n, string dataPlane) => new()
    {
        Id = StoredClusters.Id(n),
        Name = $"c{n}",
        Status = ClusterStatus.Active,
        BaseDomain = $"{dataPlane}.example.com",
        DataplaneUrl = $"dp{n}.example.com",
        MetadataUrl = api.DataPlanes.MetadataUrl(dataPlane),
        CreatedAt = FakeClock.Noon,
        UpdatedAt = FakeClock.Noon,
        StatusChangedAt = FakeClock.Noon,
    };
}
