using System.Text;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class ProbeOutcomeTests
{
    [Theory]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":"dp1.example.com"}""", "dp1.example.com", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":"DP1.example.com"}""", "dp1.example.com", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":" https://DP1.example.com./x "}""", "dp1.example.com", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":"dp1.example.com"}""", "https://Dp1.example.com./", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":["dp2.example.com"]}""", "dp1.example.com", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY"}""", "dp1.example.com", ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":"dp2.example.com"}""", null, ProbeCode.Healthy)]
    [InlineData("""{"healthStatus":"HEALTHY","baseDomain":"dp2.example.com"}""", "dp1.example.com", ProbeCode.UnexpectedPayload)]
    public void A_base_domain_is_fixed_at_registration(string json, string? registered, ProbeCode expected)
        => Assert.Equal(expected, MetadataReader.Read(Encoding.UTF8.GetBytes(json)).For(registered).Code);

    [Fact]
    public void The_answer_of_another_data_plane_names_both_and_is_not_kept()
    {
        var outcome = MetadataReader.Read("""{"healthStatus":"HEALTHY","baseDomain":"b.example"}"""u8.ToArray()).For("a.example");

        Assert.Null(outcome.Payload);
        Assert.Equal("The answer is that of another data plane: its base domain is b.example, registered is a.example.", outcome.What);
    }

    [Fact]
    public void A_failure_stays_what_it_is_for_every_cluster()
    {
        var failure = ProbeOutcome.Failed(ProbeCode.Timeout);

        Assert.Same(failure, failure.For("a.example"));
        Assert.Equal(ClusterStatus.Inactive, failure.Status);
    }
}
