using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Domain.Tests.Clusters;

public class DeploymentsConfigTests
{
    [Theory]
    [InlineData("""{"a":1}""", """{"b":2}""", "{}", """{"a":1,"b":2}""")]
    [InlineData("""{"a":{"x":1,"y":2}}""", """{"a":{"y":3}}""", "{}", """{"a":{"x":1,"y":3}}""")]
    [InlineData("""{"a":[1,2,3]}""", """{"a":[4]}""", "{}", """{"a":[4]}""")]
    [InlineData("""{"a":1}""", """{"a":{"x":1}}""", "{}", """{"a":{"x":1}}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":null}""", "{}", """{"b":2}""")]
    [InlineData("""{"a":5}""", """{"a":null}""", """{"a":1}""", """{"a":1}""")]
    [InlineData("""{"a":{"x":5,"y":6}}""", """{"a":{"x":null,"y":null}}""", """{"a":{"x":1}}""", """{"a":{"x":1}}""")]
    [InlineData("{}", """{"a":{"x":null}}""", "{}", """{"a":{}}""")]
    public void Merges_an_override_into_what_is_in_force(string effective, string configOverride, string platform, string expected)
        => Assert.Equal(expected, DeploymentsConfig.Merge(Object(effective), Object(configOverride), Object(platform)).ToJsonString());

    [Fact]
    public void Leaves_what_it_is_given_as_it_is()
    {
        var effective = Object("""{"a":{"x":1}}""");
        var merged = DeploymentsConfig.Merge(effective, Object("""{"a":{"x":2}}"""), []);
        Assert.Equal("""{"a":{"x":1}} {"a":{"x":2}}""", $"{effective.ToJsonString()} {merged.ToJsonString()}");
    }

    [Theory]
    [InlineData("""{"deployments":{"a":1}}""", "deploymentsConfigOverride must not be wrapped in a member 'deployments': send what stands inside it.")]
    [InlineData("[1]", "deploymentsConfigOverride must be a JSON object, but is a list.")]
    [InlineData("\"text\"", "deploymentsConfigOverride must be a JSON object, but is a text.")]
    [InlineData("null", "deploymentsConfigOverride must be a JSON object, but is null.")]
    public void Rejects_what_is_no_override(string configOverride, string message)
        => Assert.Equal(message, Assert.Throws<InvalidConfigOverrideException>(() => DeploymentsConfig.Check(Element(configOverride))).Message);

    [Theory]
    [InlineData(DeploymentsConfig.MaxDepth, true)]
    [InlineData(DeploymentsConfig.MaxDepth + 1, false)]
    public void Limits_the_depth(int depth, bool allowed)
    {
        var exception = Record.Exception(() => DeploymentsConfig.Check(Element(Nested(depth))));
        Assert.Equal(
            allowed ? null : "deploymentsConfigOverride is nested more than 32 levels deep, which is the most that is allowed.",
            exception?.Message);
    }

    [Fact]
    public void Limits_the_size()
    {
        var text = $$"""{"a":"{{new string('x', DeploymentsConfig.MaxBytes)}}"}""";
        Assert.Equal(
            "deploymentsConfigOverride has 262152 bytes, but at most 262144 are allowed.",
            Assert.Throws<InvalidConfigOverrideException>(() => DeploymentsConfig.Check(Element(text))).Message);
    }

    [Fact]
    public void Keeps_the_override_exactly_as_it_was_sent()
        => Assert.Equal(
            """{"deployments":{ "b" : 1.50, "a":null }}""",
            Encoding.UTF8.GetString(DeploymentsConfig.Wrap(Element("""{ "b" : 1.50, "a":null }"""))));

    [Fact]
    public void Unwraps_what_it_wrapped()
        => Assert.Equal("""{"a":1}""", DeploymentsConfig.Unwrap(DeploymentsConfig.Wrap(Object("""{"a":1}"""))).ToJsonString());

    private static JsonObject Object(string json) => JsonNode.Parse(json)!.AsObject();

    private static JsonElement Element(string json) => JsonDocument.Parse(json).RootElement;

    private static string Nested(int depth) => $"{string.Concat(Enumerable.Repeat("{\"a\":", depth - 1))}{{}}{new string('}', depth - 1)}";
}
