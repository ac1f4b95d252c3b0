using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class ProbeCodesTests
{
    [Fact]
    public void The_list_is_closed()
        => Assert.Equal(
            [
                "HEALTHY", "REPORTED_UNHEALTHY", "HEALTH_STATUS_MISSING", "DNS_FAILURE", "CONNECTION_REFUSED", "CONNECTION_RESET",
                "TLS_EXPIRED", "TLS_NAME_MISMATCH", "TLS_UNTRUSTED", "TLS_FAILURE", "TIMEOUT", "HTTP_STATUS", "REDIRECT_REFUSED",
                "ADDRESS_REFUSED", "BODY_TOO_LARGE", "INVALID_JSON", "UNEXPECTED_PAYLOAD",
            ],
            ProbeCodes.All.Select(text => text.Name));

    [Fact]
    public void Every_code_has_its_texts_at_its_place()
        => Assert.All(Enum.GetValues<ProbeCode>(), code => Assert.Equal(code, code.Text().Code));

    [Fact]
    public void Every_text_is_a_sentence_of_its_own()
    {
        Assert.All(ProbeCodes.All, text => Assert.Matches("^[A-Z].+\\.$", text.What));
        Assert.All(ProbeCodes.All, text => Assert.Matches("^[A-Z].+\\.$", text.Next));
        Assert.Equal(ProbeCodes.All.Length, ProbeCodes.All.Select(text => text.What).Distinct().Count());
        Assert.Equal(ProbeCodes.All.Length, ProbeCodes.All.Select(text => text.Next).Distinct().Count());
    }
}
