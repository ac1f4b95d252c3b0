using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class ManualStatusReasonTests
{
    [Fact]
    public void Keeps_the_reason_exactly_as_it_was_given()
    {
        const string Given = """{ "message" : "Maintenance window — cluster offline for upgrades", "ticket": 4711 }""";
        Assert.Equal(Given, Encoding.UTF8.GetString(ManualStatusReason.Of(Element(Given))));
    }

    [Theory]
    [InlineData(ClusterStatus.Active, """{"message":"Set to ACTIVE by zoë"}""")]
    [InlineData(ClusterStatus.Inactive, """{"message":"Set to INACTIVE by zoë"}""")]
    public void Names_the_person_where_no_reason_was_given(ClusterStatus status, string expected)
        => Assert.Equal(expected, Encoding.UTF8.GetString(ManualStatusReason.For(status, "zoë")));

    [Theory]
    [InlineData("\"gone\"", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a text.")]
    [InlineData("[]", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a list.")]
    [InlineData("7", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a number.")]
    [InlineData("true", "statusReason must be a JSON object such as {\"message\": \"…\"}, but is a truth value.")]
    public void Rejects_what_is_no_object(string given, string message)
        => Assert.Equal(message, Assert.Throws<InvalidStatusReasonException>(() => ManualStatusReason.Of(Element(given))).Message);

    [Theory]
    [InlineData(16_384, null)]
    [InlineData(16_385, "statusReason has 16385 bytes, but at most 16384 are allowed.")]
    public void Limits_the_size(int bytes, string? message)
    {
        var given = $$"""{"message":"{{new string('x', bytes - 14)}}"}""";
        Assert.Equal(message, Record.Exception(() => ManualStatusReason.Of(Element(given)))?.Message);
    }

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;
}
