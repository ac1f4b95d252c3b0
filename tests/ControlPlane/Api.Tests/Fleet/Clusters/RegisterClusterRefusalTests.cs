using System.Text;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Domain.Access;
using Apc.Simulation;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Fleet.Clusters;

/// <summary><c>registerCluster</c> where nothing can be registered: the caller learns why, and nothing is stored.</summary>
public sealed class RegisterClusterRefusalTests(Installation api) : IClassFixture<Installation>, IAsyncLifetime
{
    private const string Register =
        """
        mutation($name: String!, $url: String!, $override: JSON) {
          registerCluster(name: $name, metadataUrl: $url, deploymentsConfigOverride: $override) { id }
        }
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await api.ForgetClustersAsync();
        await api.StartDataPlanesAsync();
    }

    public ValueTask DisposeAsync() => default;

    [Theory]
    [InlineData("", "The name of a cluster must not be empty.")]
    [InlineData(" \t ", "The name of a cluster must not be empty.")]
    [InlineData("a\nb", "The name of a cluster is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+000A is not allowed.")]
    [InlineData("a\0b", "The name of a cluster is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+0000 is not allowed.")]
    public async Task A_name_that_is_none(string name, string message)
        => await RefusesAsync(name, api.DataPlanes.MetadataUrl("one"), null, message, "INVALID_CLUSTER_NAME");

    [Fact]
    public async Task A_name_that_is_too_long()
        => await RefusesAsync(
            new string('n', 256),
            api.DataPlanes.MetadataUrl("one"),
            null,
            "The name of a cluster has 256 characters, but at most 255 are allowed.",
            "INVALID_CLUSTER_NAME");

    [Theory]
    [InlineData("half \\ud83d", "https://dp1.example.com", "The name of a cluster is one line of 1 to 255 characters: letters, marks, numbers, punctuation, symbols and single spaces. U+D83D is not allowed.", "INVALID_CLUSTER_NAME")]
    [InlineData("one", "https://dp1.example.com/\\ud83d", "The metadata URL is not a complete address such as https://dp1.example.com.", "INVALID_METADATA_URL")]
    public async Task Half_a_character_as_a_program_may_send_it(string name, string url, string message, string code)
        => AnswerAssert.Refuses(
            "registerCluster",
            message,
            code,
            await api.PostAsync(
                "{\"query\":\"mutation($name: String!, $url: String!) { registerCluster(name: $name, metadataUrl: $url) { id } }\",\"variables\":{\"name\":\""
                    + name + "\",\"url\":\"" + url + "\"}}",
                await api.TokenAsync($"sender {Guid.NewGuid()}", RoleTable.BuiltIn.Grant(RoleNames.SystemAdmin))));

    [Theory]
    [InlineData("", "The metadata URL is empty.")]
    [InlineData("///", "The metadata URL is empty.")]
    [InlineData("dp1.example.com", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://a b.example.com", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("ftp://dp1.example.com", "The metadata URL must begin with https://.")]
    [InlineData("file:///etc/passwd", "The metadata URL is not a complete address such as https://dp1.example.com.")]
    [InlineData("https://user:secret@dp1.example.com", "The metadata URL must not contain a user name or password.")]
    [InlineData("https://dp1.example.com?x=1", "The metadata URL must not contain a query or a fragment.")]
    [InlineData("https://dp1.example.com#x", "The metadata URL must not contain a query or a fragment.")]
    public async Task An_address_that_cannot_be_used(string url, string message)
        => await RefusesAsync("one", url, null, message, "INVALID_METADATA_URL");

    [Fact]
    public async Task An_address_that_is_too_long()
        => await RefusesAsync(
            "one", "https://" + new string('a', 2041), null, "The metadata URL is longer than 2048 characters.", "INVALID_METADATA_URL");

    [Fact]
    public async Task Plain_http_unless_the_settings_allow_it()
    {
        await using var host = await ApiHost.StartAsync(api.Database, api.Clock, "DataPlanes:AllowHttp=false");
        using var admin = await host.SignInAsAdminAsync(Cancelled);

        AnswerAssert.Refuses(
            "registerCluster",
            "The metadata URL must begin with https://; http needs the setting DataPlanes:AllowHttp.",
            "INVALID_METADATA_URL",
            await admin.SendAsync(Register, new { name = "one", url = "http://dp1.example.com" }, Cancelled));
    }

    [Theory]
    [InlineData("""{"deployments":{"a":1}}""", "deploymentsConfigOverride must not be wrapped in a member 'deployments': send what stands inside it.")]
    [InlineData("""[1]""", "deploymentsConfigOverride must be a JSON object, but is a list.")]
    [InlineData("\"text\"", "deploymentsConfigOverride must be a JSON object, but is a text.")]
    [InlineData("""true""", "deploymentsConfigOverride must be a JSON object, but is a truth value.")]
    public async Task An_override_that_is_none(string configOverride, string message)
        => await RefusesAsync("one", api.DataPlanes.MetadataUrl("one"), JsonNode.Parse(configOverride), message, "INVALID_CONFIG_OVERRIDE");

    /// <summary>One table of everything that can go wrong on the way, asked for all at once because some of it takes seconds.</summary>
    [Fact]
    public async Task A_data_plane_without_a_usable_answer_is_refused_with_the_step_that_failed()
    {
        await using var host = await ApiHost.StartAsync(
            api.Database, clock: null, "DataPlanes:ConnectTimeout=00:00:03", "DataPlanes:AttemptTimeout=00:00:03", "DataPlanes:TotalTimeout=00:00:12");
        using var admin = await host.SignInAsAdminAsync(Cancelled);
        var before = await Traces.EverythingAsync(api.Database);

        (string Name, string Url)[] cases =
        [
            ("nothing listens", "http://127.0.0.1:1"),
            ("connection broken", Fails("reset", "reset")),
            ("no TLS", api.DataPlanes.MetadataUrl("one").Replace("http:", "https:", StringComparison.Ordinal)),
            ("no answer", Fails("hang", "hang")),
            ("not found", Fails("gone", "status:404")),
            ("server error", Fails("broken", "error500")),
            ("redirect", Fails("moved", "redirect:https://dp1.example.com/")),
            ("cloud metadata", "http://169.254.169.254"),
            ("too large", Fails("huge", "hugeBody")),
            ("no JSON", Fails("page", "html")),
            ("wrong types", Fails("types", "wrongTypes")),
            ("no base domain", Lacks("nobase", "baseDomain")),
            ("no data plane URL", Lacks("nourl", "dataplaneUrl")),
        ];

        var answers = await Task.WhenAll(cases.Select(c => admin.SendAsync(Register, new { name = c.Name, url = c.Url }, Cancelled)));
        var table = new StringBuilder();

        for (var i = 0; i < cases.Length; i++)
        {
            var error = JsonNode.Parse(answers[i].Body)!["errors"]![0]!;
            AnswerAssert.Refuses("registerCluster", (string)error["message"]!, (string)error["extensions"]!["code"]!, answers[i]);
            table.Append(cases[i].Name).Append(": ").Append(error["extensions"]!["code"]).Append(": ").Append(error["message"]).Append('\n');
        }

        Assert.Equal(
            """
            nothing listens: CONNECTION_REFUSED: The cluster was not registered. Nothing accepts connections at the data plane's address. Check that its deployment orchestrator and ingress run, and that no firewall rejects the control plane.
            connection broken: CONNECTION_RESET: The cluster was not registered. The connection broke before the answer was complete. Check the data plane's ingress, and the firewalls and proxies in between; see whether its pods are restarting.
            no TLS: TLS_FAILURE: The cluster was not registered. The data plane and the control plane could not agree on TLS. Check that its port speaks TLS 1.2 or later, and that nothing in between interrupts it.
            no answer: TIMEOUT: The cluster was not registered. The data plane gave no complete answer in the time allowed: the request was sent, but no headers came back. Check the network path and firewalls, and whether its deployment orchestrator is overloaded.
            not found: HTTP_STATUS: The cluster was not registered. The data plane answered with the HTTP status 404. Call its /metadata by hand, and read the logs of its ingress and deployment orchestrator.
            server error: HTTP_STATUS: The cluster was not registered. The data plane answered with the HTTP status 500. Call its /metadata by hand, and read the logs of its ingress and deployment orchestrator.
            redirect: REDIRECT_REFUSED: The cluster was not registered. The data plane answered with a redirect (302), which is not followed. Register the address that it leads to, if that is the data plane.
            cloud metadata: ADDRESS_REFUSED: The cluster was not registered. The host leads to an address that is never a data plane: unspecified, link-local, multicast or cloud metadata. Check its DNS record, and the DataPlanes settings of the control plane.
            too large: BODY_TOO_LARGE: The cluster was not registered. The answer is larger than 1 MiB. Check that the metadata URL leads to the deployment orchestrator.
            no JSON: INVALID_JSON: The cluster was not registered. The answer is not JSON: line 1, byte 1. Call its /metadata by hand: an error page of an ingress or a proxy may stand in for the deployment orchestrator.
            wrong types: UNEXPECTED_PAYLOAD: The cluster was not registered. The answer has no baseDomain that can be used. It is a list, not a text. Check that the metadata URL leads to the right deployment orchestrator, and its version.
            no base domain: UNEXPECTED_PAYLOAD: The cluster was not registered. The answer has no baseDomain. Check that the metadata URL leads to the right deployment orchestrator, and its version.
            no data plane URL: UNEXPECTED_PAYLOAD: The cluster was not registered. The answer has no dataplaneUrl. Check that the metadata URL leads to the right deployment orchestrator, and its version.

            """,
            table.ToString());
        Assert.Equal(before, await Traces.EverythingAsync(api.Database));
        Assert.Equal((1L, 1L, 3L), (Probes("gone"), Probes("types"), Probes("broken")));
    }

    private long Probes(string name) => api.DataPlanes.ProbesOf(name).Requests;

    private string Fails(string name, string fault)
    {
        api.DataPlanes.Set(name, Fault.Parse(fault));
        return api.DataPlanes.MetadataUrl(name);
    }

    private string Lacks(string name, string member)
    {
        api.DataPlanes.Set(name, new ClusterBehaviour { Without = [member] });
        return api.DataPlanes.MetadataUrl(name);
    }

    private async Task RefusesAsync(string name, string url, JsonNode? configOverride, string message, string code)
    {
        AnswerAssert.Refuses(
            "registerCluster",
            message,
            code,
            await api.Admin.SendAsync(
                Register, new Dictionary<string, object?> { ["name"] = name, ["url"] = url, ["override"] = configOverride }, Cancelled));
        Assert.Equal("", await Traces.EverythingAsync(api.Database));
        Assert.Equal(0, api.DataPlanes.Probes.Requests);
    }
}
