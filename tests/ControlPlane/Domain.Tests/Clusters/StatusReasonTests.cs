using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class StatusReasonTests
{
    [Fact]
    public void Says_what_happened_and_what_to_do_next()
        => Assert.Equal(
            """{"message":"The data plane answered with an HTTP error. Call its /metadata by hand, and read the logs of its ingress and deployment orchestrator.","code":"HTTP_STATUS","httpStatus":503}""",
            Text(ProbeOutcome.Failed(ProbeCode.HttpStatus, httpStatus: 503)));

    [Fact]
    public void Prefers_the_sentence_of_the_case()
        => Assert.Equal(
            """{"message":"The host \"dp1\" is unknown. Check its DNS record, and that the control plane's resolver can see it.","code":"DNS_FAILURE"}""",
            Text(ProbeOutcome.Failed(ProbeCode.DnsFailure, "The host \"dp1\" is unknown.")));

    [Theory]
    [InlineData("""{"healthStatus":"HEALTHY"}""", "\"HEALTHY\"", "HEALTHY")]
    [InlineData("""{"healthStatus": { "db" : false } }""", """{ "db" : false }""", "REPORTED_UNHEALTHY")]
    [InlineData("{}", "null", "HEALTH_STATUS_MISSING")]
    public void Repeats_the_health_status_as_it_came(string payload, string value, string code)
    {
        var text = ProbeCodes.All.Single(t => t.Name == code);

        Assert.Equal(
            $$"""{"message":"{{text.What}} {{text.Next}}","code":"{{code}}","healthStatus":{{value}}}""", Text(Read(payload)));
    }

    [Fact]
    public void The_payloads_own_reason_comes_first()
        => Assert.Equal(
            """{ "message": "draining", "since": "noon" }""",
            Text(Read("""{"healthStatus":"DRAINING","statusReason":{ "message": "draining", "since": "noon" }}""")));

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void An_own_reason_over_4_KiB_is_replaced_by_ours(int bytes, bool kept)
    {
        var own = $$"""{"m":"{{new string('x', bytes - 8)}}"}""";
        Assert.Equal(bytes, Encoding.UTF8.GetByteCount(own));

        var reason = Text(Read($$"""{"healthStatus":"SICK","statusReason":{{own}}}"""));

        Assert.Equal(kept, reason == own);
        Assert.Equal(!kept, reason.Contains("\"code\":\"REPORTED_UNHEALTHY\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("é")]
    [InlineData("🦊")]
    [InlineData("\\\"")]
    [InlineData("\\u0000")]
    public void A_long_health_status_is_cut_to_a_text(string letter)
    {
        var reason = StatusReason.Of(Read($$"""{"healthStatus":"{{string.Concat(Enumerable.Repeat(letter, 10_000))}}"}"""));

        Assert.InRange(reason.Length, 1, StatusReason.MaxForeignBytes + 512);
        var text = JsonDocument.Parse(reason).RootElement.GetProperty("healthStatus").GetString()!;
        Assert.StartsWith("\"" + letter, text, StringComparison.Ordinal);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', text);
    }

    [Fact]
    public void The_same_cause_gives_the_same_bytes()
        => Assert.All(
            Enum.GetValues<ProbeCode>(),
            code => Assert.Equal(StatusReason.Of(ProbeOutcome.Failed(code)), StatusReason.Of(ProbeOutcome.Failed(code))));

    private static ProbeOutcome Read(string json) => MetadataReader.Read(Encoding.UTF8.GetBytes(json));

    private static string Text(ProbeOutcome outcome) => Encoding.UTF8.GetString(StatusReason.Of(outcome));
}
