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
    [InlineData("\uFEFF{}", "The answer begins with a byte order mark, which JSON does not allow.")]
    [InlineData("""{"a":1,"\u0061":2}""", "An object of the answer has the member \"a\" twice.")]
    [InlineData("""{"healthStatus":"SICK","healthStatus":"HEALTHY"}""", "An object of the answer has the member \"healthStatus\" twice.")]
    [InlineData("""{"x":[{"y":{"z":1,"z":1}}]}""", "An object of the answer has the member \"z\" twice.")]
    [InlineData("""{"commander":{"version":"1","version":"2"}}""", "An object of the answer has the member \"version\" twice.")]
    [InlineData("""{"\ud800":1}""", "A member's name is not valid Unicode.")]
    public void Refuses_what_is_not_JSON_and_says_where(string body, string expected)
        => AssertRefused(ProbeCode.InvalidJson, expected, Read(body));

    [Fact]
    public void The_same_member_in_two_objects_is_no_repetition()
        => Assert.Equal(ProbeCode.Healthy, Read("""{"healthStatus":"HEALTHY","a":{"x":1},"b":{"x":1},"x":[{"x":1},{"x":1}]}""").Code);

    [Fact]
    public void Refuses_other_encodings()
    {
        AssertRefused(ProbeCode.InvalidJson, "The answer is not UTF-8.", MetadataReader.Read(Encoding.Latin1.GetBytes("""{"a":"é"}""")));
        AssertRefused(
            ProbeCode.InvalidJson, "The answer is not UTF-8.", MetadataReader.Read(Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(Whole)).ToArray()));
        AssertRefused(
            ProbeCode.InvalidJson, "The answer is not JSON: line 1, byte 2.", MetadataReader.Read(Encoding.Unicode.GetBytes(Whole)));
    }

    [Theory]
    [InlineData(32, ProbeCode.HealthStatusMissing, null)]
    [InlineData(33, ProbeCode.InvalidJson, "The answer is nested deeper than 32 levels.")]
    [InlineData(100_000, ProbeCode.InvalidJson, "The answer is nested deeper than 32 levels.")]
    public void Nesting_ends_at_32_levels(int levels, ProbeCode code, string? what)
    {
        var lists = Read($$"""{"a":{{new string('[', levels - 1)}}{{new string(']', levels - 1)}}}""");
        var objects = Read(string.Concat(Enumerable.Repeat("""{"a":""", levels)) + "1" + new string('}', levels));

        Assert.Equal((code, what), (lists.Code, lists.What));
        Assert.Equal((code, what), (objects.Code, objects.What));
    }

    [Theory]
    [InlineData("[]", "The answer is JSON, but not an object.")]
    [InlineData("\"HEALTHY\"", "The answer is JSON, but not an object.")]
    [InlineData("null", "The answer is JSON, but not an object.")]
    [InlineData("""{"kubernetesVersion":1.31}""", "The member kubernetesVersion is not a text.")]
    [InlineData("""{"region":{}}""", "The member region is not a text.")]
    [InlineData("""{"commander":"0.40.1"}""", "The member commander is not an object.")]
    [InlineData("""{"commander":{"version":7}}""", "The member commander.version is not a text.")]
    [InlineData("""{"cloudProvider":"a\u0000b"}""", "The member cloudProvider contains U+0000.")]
    [InlineData("""{"baseDomain":"\ud83d"}""", "The member baseDomain is not valid Unicode.")]
    [InlineData("""{"dataplaneId":"\udc00\ud83d"}""", "The member dataplaneId is not valid Unicode.")]
    public void Refuses_JSON_that_is_no_metadata(string body, string expected)
        => AssertRefused(ProbeCode.UnexpectedPayload, expected, Read(body));

    [Theory]
    [InlineData(255, ProbeCode.Healthy)]
    [InlineData(256, ProbeCode.UnexpectedPayload)]
    [InlineData(1_000_000, ProbeCode.UnexpectedPayload)]
    public void Lifted_texts_end_at_255_characters(int length, ProbeCode expected)
    {
        foreach (var member in new[] { "kubernetesVersion", "cloudProvider", "region", "dataplaneChartVersion", "baseDomain", "dataplaneUrl", "dataplaneId" })
        {
            Assert.Equal(expected, Read($$"""{"healthStatus":"HEALTHY","{{member}}":"{{new string('x', length)}}"}""").Code);
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

    private static void AssertRefused(ProbeCode code, string what, ProbeOutcome outcome)
    {
        Assert.Equal((code, what), (outcome.Code, outcome.What));
        Assert.Null(outcome.Payload);
        Assert.Equal(ClusterStatus.Inactive, outcome.Status);
    }
}
