using System.Text;
using Apc.TestKit;

namespace Apc.Simulation.Tests;

public sealed class ControlApiTests : IAsyncLifetime
{
    private readonly SimulatorFixture _fixture = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _fixture.InitializeAsync();

    public ValueTask DisposeAsync() => _fixture.DisposeAsync();

    [Fact]
    public async Task A_cluster_shows_what_it_was_told_until_it_is_reset()
    {
        const string Behaviour =
            """{"name":"one","configured":true,"fault":"status:503","latencyMs":5,"healthStatus":"DEGRADED","statusReason":{"code":"X"},"payload":{"region":"ünder","n":1.50},"without":["dbType"]}""";

        Assert.Equal((200, """{"name":"one","configured":false,"fault":"healthy"}"""), await SendAsync("GET", "control/clusters/one"));
        Assert.Equal((200, Behaviour), await SendAsync("PUT", "control/clusters/one", Behaviour.Replace("\"name\":\"one\",\"configured\":true,", "")));
        Assert.Equal((200, Behaviour), await SendAsync("GET", "control/clusters/one"));
        Assert.Equal((200, $"[{Behaviour}]"), await SendAsync("GET", "control/clusters"));
        Assert.Equal((503, "simulated status 503\n"), await SendAsync("GET", "clusters/one/metadata"));

        Assert.Equal((204, ""), await SendAsync("DELETE", "control/clusters/one"));
        Assert.Equal((200, "[]"), await SendAsync("GET", "control/clusters"));
        Assert.Equal((200, SimulatedPayload.One), await SendAsync("GET", "clusters/one/metadata"));
    }

    [Fact]
    public async Task A_put_replaces_all_that_was_told_before()
    {
        await SendAsync("PUT", "control/clusters/one", """{"fault":"hang","latencyMs":5,"payload":{"region":"x"}}""");

        Assert.Equal(
            (200, """{"name":"one","configured":true,"fault":"healthy","healthStatus":"DEGRADED"}"""),
            await SendAsync("PUT", "control/clusters/one", """{"healthStatus":"DEGRADED","fault":null}"""));
    }

    [Theory]
    [InlineData("""{"latencyMs":-1}""", "latencyMs is -1; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData("""{"latencyMs":600001}""", "latencyMs is 600001; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData("""{"latencyMs":"5"}""", "latencyMs is \\\"5\\\"; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData("""{"healthStatus":5}""", "healthStatus is 5; allowed: a text")]
    [InlineData("""{"statusReason":"ill"}""", "statusReason is \\\"ill\\\"; allowed: an object")]
    [InlineData("""{"payload":[1]}""", "payload is [1]; allowed: an object")]
    [InlineData("""{"without":"a"}""", "without is \\\"a\\\"; allowed: a list of member paths such as \\\"commander.version\\\"")]
    [InlineData("""{"without":[""]}""", "without is [\\\"\\\"]; allowed: a list of member paths such as \\\"commander.version\\\"")]
    [InlineData("""{"status":503}""", "\\\"status\\\" is no member; allowed: fault, latencyMs, healthStatus, statusReason, payload, without")]
    [InlineData("""{"fault":"hang:5"}""", "fault is \\\"hang:5\\\"; allowed: hang without an argument")]
    [InlineData("""{"fault":"status"}""", "fault is \\\"status\\\"; allowed: status:<a status, 200 to 599>")]
    [InlineData("""{"fault":"status:199"}""", "fault is \\\"status:199\\\"; allowed: status:<a status, 200 to 599>")]
    [InlineData("""{"fault":"status:600"}""", "fault is \\\"status:600\\\"; allowed: status:<a status, 200 to 599>")]
    [InlineData("""{"fault":"slowBody:0"}""", "fault is \\\"slowBody:0\\\"; allowed: slowBody:<ms a byte, 1 to 60000 (100 unless given)>")]
    [InlineData("""{"fault":"slowHeaders:60001"}""", "fault is \\\"slowHeaders:60001\\\"; allowed: slowHeaders:<ms a byte, 1 to 60000 (100 unless given)>")]
    [InlineData("""{"fault":"hugeBody:63"}""", "fault is \\\"hugeBody:63\\\"; allowed: hugeBody:<bytes, 64 to 10737418240 (2097152 unless given)>")]
    [InlineData("""{"fault":"gzipBomb:9999999999"}""", "fault is \\\"gzipBomb:9999999999\\\"; allowed: gzipBomb:<bytes after decompression, 64 to 1073741824 (104857600 unless given)>")]
    [InlineData("""{"fault":"deepJson:1"}""", "fault is \\\"deepJson:1\\\"; allowed: deepJson:<levels, 2 to 100000 (64 unless given)>")]
    [InlineData("""{"fault":"truncated:json"}""", "fault is \\\"truncated:json\\\"; allowed: truncated:<text (nothing unless given)>")]
    [InlineData("""{"fault":"redirect:a\r\nb"}""", "fault is \\\"redirect:a\\r\\nb\\\"; allowed: redirect:<an absolute or relative address, or loop (loop unless given)>")]
    [InlineData("""{"fault":"bytes:?"}""", "fault is \\\"bytes:?\\\"; allowed: bytes:<base64>")]
    [InlineData("[]", "body is []; allowed: an object in UTF-8 without duplicate members")]
    public async Task What_is_wrong_is_refused_with_its_name_its_value_and_what_is_allowed(string body, string problem)
    {
        Assert.Equal((400, $$"""{"errors":["{{problem}}"]}"""), await SendAsync("PUT", "control/clusters/one", body));
        Assert.Equal((200, "[]"), await SendAsync("GET", "control/clusters"));
    }

    [Fact]
    public async Task An_unknown_fault_is_refused_with_the_names_of_all()
    {
        const string All =
            "healthy, unhealthy, error500, status, hang, slowHeaders, slowBody, hugeBody, gzipBomb, invalidJson, truncated, duplicateMembers, "
            + "deepJson, wrongTypes, html, empty, utf16, bom, nul, loneSurrogate, redirect, close, reset, body, bytes";

        Assert.Equal(
            (400, $$"""{"errors":["fault is \"hnag\"; allowed: {{All}}"]}"""),
            await SendAsync("PUT", "control/clusters/one", """{"fault":"hnag"}"""));
        Assert.Equal(
            (400, $$"""{"errors":["fault is 5; allowed: a text: {{All}}"]}"""),
            await SendAsync("PUT", "control/clusters/one", """{"fault":5}"""));
        Assert.Equal($"fault is \"hnag\"; allowed: {All}", Assert.Throws<FormatException>(() => Fault.Parse("hnag")).Message);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once()
        => Assert.Equal(
            (400, """{"errors":["latencyMs is 1.5; allowed: a whole number of milliseconds from 0 to 600000","payload is true; allowed: an object"]}"""),
            await SendAsync("PUT", "control/clusters/one", """{"latencyMs":1.5,"payload":true}"""));

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("""{"fault":"hang","fault":"close"}""")]
    [InlineData("""{"payload":{"a":1,"a":2}}""")]
    public async Task A_body_that_is_no_JSON_or_names_a_member_twice_is_refused(string body)
    {
        var (status, text) = await SendAsync("PUT", "control/clusters/one", body);

        Assert.Equal(400, status);
        Assert.StartsWith("""{"errors":["body is not JSON (""", text, StringComparison.Ordinal);
        Assert.EndsWith("""); allowed: an object in UTF-8 without duplicate members"]}""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_4_MiB_is_refused()
        => Assert.Equal((413, ""), await SendAsync("PUT", "control/clusters/one", new string(' ', (4 * 1024 * 1024) + 1)));

    [Fact]
    public async Task Defaults_are_replaced_and_come_back_with_a_reset()
    {
        Assert.Equal((200, """{"latencyMs":0,"hungFraction":0,"seed":1}"""), await SendAsync("GET", "control/defaults"));
        Assert.Equal(
            (200, """{"latencyMs":7,"hungFraction":0.25,"seed":-3}"""),
            await SendAsync("PUT", "control/defaults", """{"latencyMs":7,"hungFraction":0.25,"seed":-3}"""));
        Assert.Equal((200, """{"latencyMs":0,"hungFraction":0.5,"seed":1}"""), await SendAsync("PUT", "control/defaults", """{"hungFraction":0.5}"""));
        Assert.Equal(new SimulatorDefaults { HungFraction = 0.5 }, _fixture.Simulator.Defaults);

        Assert.Equal((204, ""), await SendAsync("DELETE", "control"));
        Assert.Equal((200, """{"latencyMs":0,"hungFraction":0,"seed":1}"""), await SendAsync("GET", "control/defaults"));
    }

    [Theory]
    [InlineData("""{"hungFraction":1.1}""", "hungFraction is 1.1; allowed: a number from 0 to 1")]
    [InlineData("""{"hungFraction":"1"}""", "hungFraction is \\\"1\\\"; allowed: a number from 0 to 1")]
    [InlineData("""{"seed":1.5}""", "seed is 1.5; allowed: a whole number of 64 bits")]
    [InlineData("""{"latencyMs":-1}""", "latencyMs is -1; allowed: a whole number of milliseconds from 0 to 600000")]
    [InlineData("""{"fault":"hang"}""", "\\\"fault\\\" is no member; allowed: latencyMs, hungFraction, seed")]
    public async Task Wrong_defaults_are_refused_and_change_nothing(string body, string problem)
    {
        Assert.Equal((400, $$"""{"errors":["{{problem}}"]}"""), await SendAsync("PUT", "control/defaults", body));
        Assert.Equal(new SimulatorDefaults(), _fixture.Simulator.Defaults);
    }

    [Fact]
    public async Task A_share_of_the_clusters_hangs_chosen_by_name_and_seed()
    {
        var onePercent = await HungAsync("""{"hungFraction":0.01}""");
        var tenPercent = await HungAsync("""{"hungFraction":0.1}""");
        var otherSeed = await HungAsync("""{"hungFraction":0.01,"seed":2}""");

        Assert.InRange(onePercent.Count, 3, 22);
        Assert.InRange(tenPercent.Count, 70, 130);
        Assert.Subset(tenPercent, onePercent);
        Assert.NotEqual(onePercent, otherSeed);
        Assert.Equal(onePercent, await HungAsync("""{"hungFraction":0.01}"""));
        Assert.Equal(1000, (await HungAsync("""{"hungFraction":1}""")).Count);
        Assert.Empty(await HungAsync("""{"hungFraction":0}"""));

        async Task<HashSet<int>> HungAsync(string defaults)
        {
            await SendAsync("PUT", "control/defaults", defaults);
            var hung = new HashSet<int>();

            for (var i = 0; i < 1000; i++)
            {
                var (_, text) = await SendAsync("GET", $"control/clusters/c{i}");

                if (text == $$"""{"name":"c{{i}}","configured":false,"fault":"hang"}""")
                {
                    hung.Add(i);
                }
            }

            return hung;
        }
    }

    [Fact]
    public async Task A_configured_cluster_answers_even_where_all_others_hang()
    {
        _fixture.Simulator.Defaults = new SimulatorDefaults { HungFraction = 1 };
        _fixture.Simulator.Set("one", Fault.Healthy);

        Assert.Equal((200, SimulatedPayload.One), await SendAsync("GET", "clusters/one/metadata"));
    }

    [Fact]
    public async Task Requests_are_counted_per_cluster_until_they_are_reset()
    {
        await SendAsync("GET", "clusters/b/metadata");
        await SendAsync("GET", "clusters/a/metadata");
        await SendAsync("GET", "clusters/b/metadata");
        await SendAsync("GET", "clusters/b/healthz");

        Assert.Equal(
            (200, """{"requests":3,"open":0,"peakOpen":1,"clusters":{"a":{"requests":1,"open":0,"peakOpen":1},"b":{"requests":2,"open":0,"peakOpen":1}}}"""),
            await SendAsync("GET", "control/requests"));
        Assert.Equal((200, """{"requests":2,"open":0,"peakOpen":1}"""), await SendAsync("GET", "control/requests/b"));
        Assert.Equal((200, """{"requests":0,"open":0,"peakOpen":0}"""), await SendAsync("GET", "control/requests/c"));

        Assert.Equal((204, ""), await SendAsync("DELETE", "control/requests"));
        Assert.Equal((200, """{"requests":0,"open":0,"peakOpen":0,"clusters":{}}"""), await SendAsync("GET", "control/requests"));
    }

    [Fact]
    public async Task Everything_is_reset_at_once()
    {
        await SendAsync("PUT", "control/clusters/one", """{"fault":"error500"}""");
        await SendAsync("PUT", "control/defaults", """{"seed":9}""");
        await SendAsync("GET", "clusters/one/metadata");

        Assert.Equal((204, ""), await SendAsync("DELETE", "control"));

        Assert.Equal((200, "[]"), await SendAsync("GET", "control/clusters"));
        Assert.Equal((200, """{"latencyMs":0,"hungFraction":0,"seed":1}"""), await SendAsync("GET", "control/defaults"));
        Assert.Equal((200, """{"requests":0,"open":0,"peakOpen":0,"clusters":{}}"""), await SendAsync("GET", "control/requests"));
        Assert.Equal((200, SimulatedPayload.One), await SendAsync("GET", "clusters/one/metadata"));
    }

    [Theory]
    [InlineData("GET    /clusters/{name}/metadata")]
    [InlineData("GET    /clusters/{name}/healthz")]
    [InlineData("GET    /control/clusters ")]
    [InlineData("GET    /control/clusters/{name}")]
    [InlineData("PUT    /control/clusters/{name}")]
    [InlineData("DELETE /control/clusters/{name}")]
    [InlineData("GET    /control/defaults")]
    [InlineData("PUT    /control/defaults")]
    [InlineData("GET    /control/requests ")]
    [InlineData("GET    /control/requests/{name}")]
    [InlineData("DELETE /control/requests")]
    [InlineData("DELETE /control ")]
    [InlineData("  loneSurrogate    region contains \\ud800 alone\n")]
    [InlineData("  slowBody         headers at once, the payload byte by byte\n                     argument: ms a byte, 1 to 60000 (100 unless given)\n")]
    public async Task The_front_page_explains(string part)
    {
        var (status, page) = await SendAsync("GET", "");

        Assert.Equal(200, status);
        Assert.Contains(part, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "clusters")]
    [InlineData("GET", "clusters/one")]
    [InlineData("GET", "clusters/one/metadata.json")]
    [InlineData("PUT", "clusters/one/metadata")]
    [InlineData("POST", "control/clusters/one")]
    public async Task Other_paths_and_methods_are_refused(string method, string path)
        => Assert.Equal((404, $"Nothing answers {method} /{path}; GET / lists what does.\n"), await SendAsync(method, path));

    private async Task<(int Status, string Body)> SendAsync(string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8);

        // A refusal may come before the body was sent.
        request.Headers.ExpectContinue = body?.Length > 100_000;
        using var answer = await _fixture.Http.SendAsync(request, Cancelled);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancelled));
    }
}
