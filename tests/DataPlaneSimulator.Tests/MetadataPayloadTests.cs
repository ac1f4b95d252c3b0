using System.Text.Json;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

public class MetadataPayloadTests(SimulatorFixture fixture) : IClassFixture<SimulatorFixture>
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cluster_that_nobody_configured_sends_the_whole_payload()
    {
        var answer = await RawAnswer.GetAsync(fixture.Simulator.BaseAddress, "/clusters/one/metadata", Cancelled);

        Assert.Equal(
            """
            HTTP/1.1 200 OK
            Content-Length: 800
            Connection: close
            Content-Type: application/json
            """,
            answer.Head);
        Assert.Equal(SimulatedPayload.One, answer.Text);
    }

    [Fact]
    public async Task Another_simulator_with_the_same_seed_sends_the_same_payload()
    {
        await using var other = await DataPlaneSimulator.StartAsync(cancellationToken: Cancelled);

        foreach (var name in new[] { "one", "two", "Ünïcode name", new string('n', 253) })
        {
            Assert.Equal(await MetadataAsync(fixture.Simulator, name), await MetadataAsync(other, name));
        }
    }

    [Fact]
    public async Task Another_seed_moves_clusters_elsewhere_and_leaves_them_their_base_domain_and_id()
    {
        var options = new DataPlaneSimulatorOptions { Defaults = new SimulatorDefaults { Seed = 2 } };
        await using var other = await DataPlaneSimulator.StartAsync(options, cancellationToken: Cancelled);
        var moved = 0;

        for (var i = 0; i < 20; i++)
        {
            var (before, after) = (await PayloadAsync(fixture.Simulator, $"c{i}"), await PayloadAsync(other, $"c{i}"));

            Assert.Equal(Text(before, "baseDomain"), Text(after, "baseDomain"));
            Assert.Equal(Text(before, "dataplaneId"), Text(after, "dataplaneId"));
            moved += Text(before, "region") == Text(after, "region") ? 0 : 1;
        }

        Assert.InRange(moved, 10, 20);
    }

    [Fact]
    public async Task A_fleet_is_spread_over_three_providers_and_several_regions_of_each()
    {
        var places = new HashSet<(string Provider, string Region)>();

        for (var i = 0; i < 300; i++)
        {
            var payload = await PayloadAsync(fixture.Simulator, $"cluster-{i}");
            places.Add((Text(payload, "cloudProvider"), Text(payload, "region")));
        }

        Assert.Equal(
            ["aws 5", "azure 4", "gcp 4"],
            places.GroupBy(p => p.Provider).Select(g => $"{g.Key} {g.Count()}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task No_two_names_share_a_base_domain()
    {
        string[] names = ["a-b", "A-B", "a b", "a.b", "a_b", "ä", "ö", "-", "--", "cluster", new('x', 63), new('x', 64), new('x', 65)];
        var domains = new List<string>();

        foreach (var name in names)
        {
            domains.Add(Text(await PayloadAsync(fixture.Simulator, name), "baseDomain"));
        }

        Assert.Equal(names.Length, domains.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal("a-b.example.com", domains[0]);
        Assert.All(domains, domain => Assert.Matches("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.example\\.com$", domain));
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void A_name_that_is_no_segment_of_a_path_is_refused(string name)
    {
        var refusal = Assert.Throws<ArgumentException>(() => fixture.Simulator.MetadataUrl(name));

        Assert.Equal($"name is \"{name}\"; allowed: 1 to 253 characters without a slash, not . or .. (Parameter 'name')", refusal.Message);
    }

    [Fact]
    public async Task A_name_longer_than_253_characters_is_no_cluster()
    {
        var path = $"/clusters/{new string('n', 254)}/metadata";
        using var answer = await fixture.Http.GetAsync(path, Cancelled);

        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Equal($"Nothing answers GET {path}; GET / lists what does.\n", await answer.Content.ReadAsStringAsync(Cancelled));
    }

    [Fact]
    public async Task Healthz_tells_healthy_from_unhealthy()
    {
        fixture.Simulator.Set("ill", Fault.Unhealthy);
        fixture.Simulator.Set("worn", new ClusterBehaviour { HealthStatus = "DEGRADED" });

        Assert.Equal((200, """{"status":"HEALTHY"}"""), await HealthzAsync("one"));
        Assert.Equal((503, """{"status":"UNHEALTHY"}"""), await HealthzAsync("ill"));
        Assert.Equal((503, """{"status":"UNHEALTHY"}"""), await HealthzAsync("worn"));
    }

    [Fact]
    public async Task Members_are_laid_over_the_payload_and_taken_out_of_it()
    {
        fixture.Simulator.Set("over", new ClusterBehaviour
        {
            HealthStatus = "DEGRADED",
            StatusReason = new() { ["code"] = "DISK_FULL" },
            Payload = new()
            {
                ["region"] = null,
                ["commander"] = new System.Text.Json.Nodes.JsonObject { ["version"] = "9.9.9" },
                ["extra"] = new System.Text.Json.Nodes.JsonArray(1, "two"),
            },
            Without = ["dataplaneUrl", "registry.version", "no.such.member"],
        });

        var payload = await PayloadAsync(fixture.Simulator, "over");

        Assert.Equal("DEGRADED", Text(payload, "healthStatus"));
        Assert.Equal("""{"code":"DISK_FULL"}""", payload.GetProperty("statusReason").GetRawText());
        Assert.Equal(JsonValueKind.Null, payload.GetProperty("region").ValueKind);
        Assert.Equal("""[1,"two"]""", payload.GetProperty("extra").GetRawText());
        Assert.Equal("{}", payload.GetProperty("registry").GetRawText());
        Assert.False(payload.TryGetProperty("dataplaneUrl", out _));
        Assert.Equal(
            ["version 9.9.9", $"url commander.{Text(payload, "dataplaneId")}.over.example.com", "status DEGRADED"],
            payload.GetProperty("commander").EnumerateObject().Take(3).Select(m => $"{m.Name} {m.Value.GetString()}"));
    }

    private static async Task<string> MetadataAsync(DataPlaneSimulator simulator, string name)
    {
        var answer = await RawAnswer.GetAsync(
            simulator.BaseAddress, new Uri(simulator.MetadataUrl(name) + "/metadata").PathAndQuery, Cancelled);
        return answer.Text;
    }

    private static async Task<JsonElement> PayloadAsync(DataPlaneSimulator simulator, string name)
        => JsonElement.Parse(await MetadataAsync(simulator, name));

    private async Task<(int Status, string Body)> HealthzAsync(string name)
    {
        using var answer = await fixture.Http.GetAsync($"clusters/{name}/healthz", Cancelled);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }

    private static string Text(JsonElement payload, string member) => payload.GetProperty(member).GetString()!;
}
