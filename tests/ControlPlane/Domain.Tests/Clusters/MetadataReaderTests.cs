using System.Text;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class MetadataReaderTests
{
    private const string Whole =
        """
        {
          "kubernetesVersion": "1.31",
          "baseDomain": "dp1.example.com",
          "healthStatus": "HEALTHY",
          "cloudProvider": "aws",
          "region": "us-east-1",
          "dataplaneChartVersion": "1.2.0",
          "commander": {
            "version": "0.40.1", "url": "commander.dp1.example.com:443", "status": "HEALTHY", "airflowChartVersion": "1.15.3"
          },
          "mode": "data",
          "dataplaneUrl": "https://dp1.example.com",
          "dataplaneId": "dp1",
          "namespacePools": { "enabled": true, "names": ["a", "b"] }
        }
        """;

    [Fact]
    public void Lifts_what_is_filtered_and_sorted_and_keeps_the_whole_as_it_came()
    {
        var outcome = Read(Whole);

        Assert.Equal(ProbeCode.Healthy, outcome.Code);
        Assert.Equal(ClusterStatus.Active, outcome.Status);
        var payload = outcome.Payload!;
        Assert.Equal(Whole, Encoding.UTF8.GetString(payload.Json.Span));
        Assert.Equal("\"HEALTHY\"", Encoding.UTF8.GetString(payload.HealthStatus.Span));
        Assert.True(payload.StatusReason.IsEmpty);
        Assert.Equal(
            ("1.31", "aws", "us-east-1", "1.2.0", "0.40.1", "1.15.3", "dp1.example.com", "https://dp1.example.com", "dp1"),
            (payload.K8sVersion, payload.CloudProvider, payload.Region, payload.DpChartVersion, payload.CommanderVersion,
                payload.AirflowChartVersion, payload.BaseDomain, payload.DataplaneUrl, payload.DataplaneId));
    }

    [Theory]
    [InlineData("""{"healthStatus":"HEALTHY"}""", ProbeCode.Healthy)]
    [InlineData("""{"health\u0053tatus":"\u0048EALTHY"}""", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"healthy"}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":"HEALTHY "}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":"HEALTH\u0059"}""", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"\uD83D"}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":"DEGRADED"}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":""}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":true}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":["HEALTHY"]}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":{"healthStatus":"HEALTHY"}}""", ProbeCode.ReportedUnhealthy)]
    [InlineData("""{"healthStatus":null}""", ProbeCode.HealthStatusMissing)]
    [InlineData("""{"HealthStatus":"HEALTHY"}""", ProbeCode.HealthStatusMissing)]
    [InlineData("""{"commander":{"healthStatus":"HEALTHY"}}""", ProbeCode.HealthStatusMissing)]
    [InlineData("{}", ProbeCode.HealthStatusMissing)]
    public void Only_the_exact_text_HEALTHY_means_healthy(string json, ProbeCode expected)
    {
        var outcome = Read(json);

        Assert.Equal(expected, outcome.Code);
        Assert.NotNull(outcome.Payload);
        Assert.Equal(expected is ProbeCode.Healthy ? ClusterStatus.Active : ClusterStatus.Inactive, outcome.Status);
    }

    [Theory]
    [InlineData("""{"kubernetesVersion":null,"region":" ","commander":null}""")]
    [InlineData("""{"commander":{"version":null,"airflowChartVersion":""}}""")]
    public void A_lifted_text_that_says_nothing_counts_as_left_out(string json)
    {
        var payload = Read(json).Payload!;

        Assert.Equal(
            (null, null, null, null), (payload.K8sVersion, payload.Region, payload.CommanderVersion, payload.AirflowChartVersion));
    }

    [Theory]
    [InlineData("""{"statusReason":{"message":"draining","n":1}}""", """{"message":"draining","n":1}""")]
    [InlineData("""{"statusReason": { } }""", "{ }")]
    [InlineData("""{"statusReason":"draining"}""", "")]
    [InlineData("""{"statusReason":[{}]}""", "")]
    [InlineData("""{"statusReason":null}""", "")]
    public void The_payloads_own_reason_counts_where_it_is_an_object(string json, string expected)
        => Assert.Equal(expected, Encoding.UTF8.GetString(Read(json).Payload!.StatusReason.Span));

    [Theory]
    [InlineData("", "The answer is empty.")]
    [InlineData(" ", "The answer is not JSON: line 1, byte 2.")]
    [InlineData("<html><body>502 Bad Gateway</body></html>", "The answer is not JSON: line 1, byte 1.")]
    [InlineData("""{"healthStatus":"HEALTHY""", "The answer is not JSON: line 1, byte 25.")]
    [InlineData("""{"healthStatus":"HEALTHY"} {}""", "The answer is not JSON: line 1, byte 28.")]
    [InlineData("""{"healthStatus":"HEALTHY",}""", "The answer is not JSON: line 1, byte 27.")]
    [InlineData("{\n\"load\":NaN}", "The answer is not JSON: line 2, byte 8.")]
    [InlineData("[NaN]", "The answer is not JSON: line 1, byte 2.")]
    [InlineData("{\"a\":\"x\ty\"}", "The answer is not JSON: line 1, byte 8.")]
    [InlineData("""{"healthStatus":"SICK","healthStatus":"HEALTHY"}""", "An object of the answer has the member \"healthStatus\" twice.")]
    [InlineData("""{"healthStatus":"HEALTHY","health\u0053tatus":"HEALTHY"}""", "An object of the answer has the member \"healthStatus\" twice.")]
    public void Refuses_what_is_not_JSON_and_says_where(string body, string expected)
        => AssertRefused(ProbeCode.InvalidJson, expected, Read(body));

    [Fact]
    public void The_same_member_in_two_objects_is_no_repetition()
        => Assert.Equal(ProbeCode.Healthy, Read("""{"healthStatus":"HEALTHY","a":{"x":1},"b":{"x":1},"x":[{"x":1},{"x":1}]}""").Code);

    [Fact]
    public void Refuses_other_encodings()
    {
        AssertRefused(
            ProbeCode.InvalidJson, "The answer is not UTF-8.", MetadataReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Whole)).ToArray()));
        AssertRefused(
            ProbeCode.InvalidJson, "The answer is not JSON: line 1, byte 2.", MetadataReader.Read(Encoding.Unicode.GetBytes(Whole)));
    }

    [Fact]
    public void A_byte_order_mark_is_passed_over()
    {
        var outcome = Read("\uFEFF{\"healthStatus\":\"HEALTHY\"}\r\n\t ");

        Assert.Equal(ProbeCode.Healthy, outcome.Code);
        Assert.Equal("{\"healthStatus\":\"HEALTHY\"}\r\n\t ", Encoding.UTF8.GetString(outcome.Payload!.Json.Span));
        Assert.True(outcome.Payload.Problems.IsEmpty);
    }

    [Fact]
    public void Bytes_that_are_no_UTF_8_are_replaced_and_told()
    {
        var outcome = MetadataReader.Read(Encoding.Latin1.GetBytes("""{"healthStatus":"HEALTHY","region":"Zürich","dataplaneId":"7"}"""));

        Assert.Equal((ProbeCode.Healthy, "Z\uFFFDrich", "7"), (outcome.Code, outcome.Payload!.Region, outcome.Payload.DataplaneId));
        AssertProblems(["{}: The answer is not valid UTF-8; U+FFFD stands for each byte that is not."], outcome);
    }

    [Theory]
    [InlineData(48, false)]
    [InlineData(49, true)]
    [InlineData(100_000, true)]
    public void What_is_nested_deeper_than_48_levels_is_null_in_what_is_kept(int levels, bool isCut)
    {
        foreach (var (open, close) in new[] { ("[", "]"), ("""{"a":""", "}") })
        {
            // One level is the payload's own, and an object needs a value.
            string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth - 1)) + (open is "[" ? "" : "1") + string.Concat(Enumerable.Repeat(close, depth - 1));
            var outcome = Read($$"""{"x":{{Nest(levels)}},"healthStatus":"HEALTHY","region":"moon"}""");

            Assert.Equal((ProbeCode.Healthy, "moon"), (outcome.Code, outcome.Payload!.Region));
            AssertProblems(isCut ? ["{x}: It is nested deeper than the 48 levels that are kept; null stands for what is deeper."] : [], outcome);
            using var kept = System.Text.Json.JsonDocument.Parse(outcome.Payload.Json, new() { MaxDepth = 48 });
            Assert.Equal(!isCut, Encoding.UTF8.GetString(outcome.Payload.Json.Span).Contains(Nest(levels), StringComparison.Ordinal));
        }
    }

    [Fact]
    public void A_deep_health_is_no_health()
    {
        var outcome = Read($$"""{"healthStatus":{{new string('[', 1000)}}"HEALTHY"{{new string(']', 1000)}}}""");

        Assert.Equal(ProbeCode.ReportedUnhealthy, outcome.Code);
        Assert.Equal($"{new string('[', 47)}null{new string(']', 47)}", Encoding.UTF8.GetString(outcome.Payload!.HealthStatus.Span));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"HEALTHY\"")]
    [InlineData("null")]
    public void Refuses_JSON_that_is_no_object(string body)
        => AssertRefused(ProbeCode.UnexpectedPayload, "The answer is JSON, but not an object.", Read(body));

    [Theory]
    [InlineData(""" "kubernetesVersion":1.31 """, "{kubernetesVersion}: It is a number, not a text; it is taken as it is written.")]
    [InlineData(""" "kubernetesVersion":{} """, "{kubernetesVersion}: It is an object, not a text.")]
    [InlineData(""" "region":[{"a":[]}] """, "{region}: It is a list, not a text.")]
    [InlineData(""" "region":false """, "{region}: It is a truth value, not a text.")]
    [InlineData(""" "commander":"0.40.1" """, "{commander}: It is a text, not an object.")]
    [InlineData(""" "commander":{"version":true} """, "{commander.version}: It is a truth value, not a text.")]
    [InlineData(""" "commander":{"version":"1","version":"2"} """, "{commander.version}: It is there more than once.")]
    [InlineData(""" "commander":{"version":"1"},"commander":{} """, "{commander}: It is there more than once.")]
    [InlineData(""" "region":"a","region":"a" """, "{region}: It is there more than once.")]
    [InlineData(""" "r\u0065gion":"a","region":[] """, "{region}: It is there more than once.", "{region}: It is a list, not a text.")]
    [InlineData(""" "cloudProvider":"a\u0000b" """, "{cloudProvider}: It contains U+0000.")]
    [InlineData(""" "baseDomain":"\ud83d" """, "{baseDomain}: It is not valid Unicode.")]
    [InlineData(""" "dataplaneId":"\udc00\ud83d" """, "{dataplaneId}: It is not valid Unicode.")]
    [InlineData(""" "baseDomain":7 """, "{baseDomain}: It is a number, not a text.")]
    [InlineData(""" "baseDomain":"\ud83d\ude00.example.com" """, "{baseDomain}: It is no domain.")]
    [InlineData(""" "dataplaneUrl":7 """, "{dataplaneUrl}: It is a number, not a text.")]
    [InlineData(""" "x":[{"y":{"z":1,"z":1}}] """, "{x}: An object in it has the member \"z\" more than once.")]
    [InlineData(""" "a":1,"\u0061":2 """, "{a}: It is there more than once.")]
    [InlineData(""" "statusReason":"draining" """, "{statusReason}: It is a text, not an object.")]
    [InlineData(""" "statusReason":{"a":"\ud800"} """, "{statusReason}: It contains U+0000, or a text that is not valid Unicode.")]
    [InlineData(""" "statusReason":{"a":1,"a":1} """, "{statusReason}: An object in it has the member \"a\" more than once.")]
    [InlineData(""" "\ud800":1,"n":1e999999,"s":"\u0000\ud800","l":[[],{},null,-0.0],"":{"":0} """)]
    public void What_is_odd_is_told_and_decides_nothing(string members, params string[] problems)
    {
        var outcome = Read($$"""{"healthStatus":"HEALTHY",{{members}},"dataplaneChartVersion":"1"}""");

        Assert.Equal((ProbeCode.Healthy, "1"), (outcome.Code, outcome.Payload!.DpChartVersion));
        Assert.True(outcome.Payload.StatusReason.IsEmpty);
        AssertProblems(problems, outcome);
    }

    /// <summary>Left out is null, and the last value stands; something else than a text is empty, and no value stands.</summary>
    [Theory]
    [InlineData("{}", null, null)]
    [InlineData("""{"kubernetesVersion":null,"commander":{"version":" "}}""", null, null)]
    [InlineData("""{"kubernetesVersion":[],"commander":[]}""", "", "")]
    [InlineData("""{"kubernetesVersion":1.310,"commander":{"version":2}}""", "1.310", "2")]
    [InlineData("""{"kubernetesVersion":"1","kubernetesVersion":null,"commander":{"version":"2"},"commander":null}""", "", "")]
    public void What_cannot_be_lifted_is_told_from_what_is_left_out(string json, string? version, string? commander)
        => Assert.Equal((version, commander), (Read(json).Payload!.K8sVersion, Read(json).Payload!.CommanderVersion));

    [Fact]
    public void Problems_are_listed_up_to_a_number_and_names_are_shortened()
    {
        var members = string.Join(',', Enumerable.Range(0, 30).Select(i => $"\"{i}\\n{new string('x', 70)}\":0,\"{i}\\n{new string('x', 70)}\":0"));
        var outcome = Read($$"""{"healthStatus":"HEALTHY",{{members}}}""");

        AssertProblems(
            [
                .. Enumerable.Range(0, 20).Select(i => $"{{{i}\uFFFD{new string('x', i < 10 ? 62 : 61)}…}}: It is there more than once."),
                "{}: 10 further problems are not listed.",
            ],
            outcome);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(1_000_000)]
    public void Lifted_texts_end_at_255_characters(int length)
    {
        foreach (var member in new[] { "kubernetesVersion", "cloudProvider", "region", "dataplaneChartVersion", "baseDomain", "dataplaneUrl", "dataplaneId" })
        {
            foreach (var text in new[] { new string('x', length), string.Concat(Enumerable.Repeat("\\u0078", length)) })
            {
                var outcome = Read($$"""{"healthStatus":"HEALTHY","{{member}}":"{{text}}"}""");

                Assert.Equal(ProbeCode.Healthy, outcome.Code);
                AssertProblems(length > 255 ? [$"{{{member}}}: It is longer than 255 characters."] : [], outcome);
            }
        }
    }

    [Fact]
    public void What_is_not_lifted_may_be_anything_that_JSON_can_say()
        => Assert.Equal(
            ProbeCode.Healthy,
            Read("""{"healthStatus":"HEALTHY","n":1e999999,"s":"\u0000\ud800","l":[[],{},null,-0.0],"":{"":0}}""").Code);

    /// <summary>Whatever one changed byte makes of an answer, reading it ends with an outcome.</summary>
    [Fact]
    public void Never_throws()
    {
        var random = new Random(20_260_101);
        var whole = Encoding.UTF8.GetBytes(Whole);

        for (var i = 0; i < 20_000; i++)
        {
            var body = whole.ToArray();
            body[random.Next(body.Length)] = (byte)random.Next(256);
            var outcome = MetadataReader.Read(body.AsMemory(0, random.Next(4) == 0 ? random.Next(body.Length) : body.Length));

            Assert.Equal(outcome.Payload is not null, outcome.Code.IsAnswer());
        }
    }

    [Fact]
    public void Time_grows_with_the_size_however_many_members_an_object_has()
    {
        var members = string.Join(',', Enumerable.Range(0, 80_000).Select(i => $"\"m{i}\":0"));

        Assert.Equal(ProbeCode.HealthStatusMissing, Read($$"""{{{members}}}""").Code);
    }

    private static ProbeOutcome Read(string body) => MetadataReader.Read(Encoding.UTF8.GetBytes(body));

    private static void AssertProblems(string[] expected, ProbeOutcome outcome)
        => Assert.Equal(
            expected,
            outcome.Payload!.Problems.IsEmpty ? [] : MetadataProblem.Parse(outcome.Payload.Problems).Select(p => $"{{{p.Path}}}: {p.Problem}"));

    private static void AssertRefused(ProbeCode code, string what, ProbeOutcome outcome)
    {
        Assert.Equal((code, what), (outcome.Code, outcome.What));
        Assert.Null(outcome.Payload);
        Assert.Equal(ClusterStatus.Inactive, outcome.Status);
    }
}
