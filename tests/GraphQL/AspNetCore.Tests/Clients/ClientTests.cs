using System.Diagnostics;
using Apc.TestKit;

namespace Apc.GraphQL.AspNetCore.Tests.Clients;

/// <summary>Clients that people use, each run as a script in tests/clients that prints what it has seen. Their versions stand in package.json there.</summary>
public class ClientTests(GraphQLServer server) : IClassFixture<GraphQLServer>
{
    private static readonly string Folder = Repository.PathOf("tests", "clients");
    private static readonly string? WhyNot = ReasonToSkip();

    [Fact]
    public Task Graphql_ws() => SeesAsync(
        "graphql-ws",
        """
        query: [{"data":{"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}},"completed"]
        mutation: [{"data":{"touch":"touched"}},"completed"]
        failing: [{"errors":[{"message":"Internal error","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"fail":null}},"completed"]
        invalid: [{"error":["Cannot query field \"nothing\" on type \"Query\"."]}]
        subscription: [{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}},"completed"]
        endless: [{"data":{"count":1}},{"data":{"count":2}},"left"]
        wrongToken: [{"error":["4403 This token is not valid."]}]
        """);

    [Fact]
    public Task Graphql_sse() => SeesAsync(
        "graphql-sse",
        """
        query: [{"data":{"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}},"completed"]
        mutation: [{"data":{"touch":"touched"}},"completed"]
        failing: [{"errors":[{"message":"Internal error","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"fail":null}},"completed"]
        invalid: [{"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]},"completed"]
        subscription: [{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}},"completed"]
        endless: [{"data":{"count":1}},{"data":{"count":2}},"left"]
        """);

    [Fact]
    public Task Subscriptions_transport_ws() => SeesAsync(
        "subscriptions-transport-ws",
        """
        query: [{"data":{"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}},"completed"]
        mutation: [{"data":{"touch":"touched"}},"completed"]
        failing: [{"errors":[{"message":"Internal error","locations":[{"line":1,"column":3}],"path":["fail"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"fail":null}},"completed"]
        invalid: [{"error":["Cannot query field \"nothing\" on type \"Query\"."]}]
        subscription: [{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}},"completed"]
        endless: [{"data":{"count":1}},{"data":{"count":2}},"left"]
        wrongToken: {"message":"This token is not valid."}
        """);

    [Fact]
    public Task Apollo_Client() => SeesAsync(
        "apollo-client",
        """
        query: {"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}
        mutation: {"touch":"touched"}
        failing: ["Internal error"]
        invalid: ["Cannot query field \"nothing\" on type \"Query\"."]
        large: 5000
        subscription: [{"data":{"count":1}},{"data":{"count":2}},{"data":{"count":3}},"completed"]
        endless: [{"data":{"count":1}},{"data":{"count":2}},"left"]
        """);

    [Fact]
    public Task Apollo_Client_with_persisted_queries() => SeesAsync(
        "apollo-persisted-queries",
        """
        unknown: ["Hello Zoë","POST hash 200","POST text 200"]
        again: ["Hello Zoë","POST hash 200"]
        otherClient: ["Hello you","POST hash 200"]
        get: ["Hello all","GET hash 200"]
        getOfUnknown: ["Hello world","GET hash 200","POST text 200"]
        getAgain: ["Hello world","GET hash 200"]
        invalid: ["Cannot query field \"nothing\" on type \"Query\".","POST hash 200","POST text 400"]
        """);

    [Fact]
    public Task Urql() => SeesAsync(
        "urql",
        """
        query: {"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}
        queryByGet: {"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}
        mutation: {"touch":"touched"}
        failing: {"data":{"fail":null},"error":["Internal error"]}
        invalid: {"error":["Cannot query field \"nothing\" on type \"Query\"."]}
        large: 5000
        subscription: [{"count":1},{"count":2},{"count":3},"left"]
        endless: [{"count":1},{"count":2},"left"]
        subscriptionOverFetch: [{"count":1},{"count":2},{"count":3},"left"]
        endlessOverFetch: [{"count":1},{"count":2},"left"]
        """);

    [Fact]
    public Task Graphql_request() => SeesAsync(
        "graphql-request",
        """
        query: {"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}
        queryByGet: {"hello":"Hello Zoë","caller":"token-1","raw":{"a":[1,2]}}
        mutation: {"touch":"touched"}
        failing: ["Internal error"]
        invalid: ["Cannot query field \"nothing\" on type \"Query\"."]
        large: 5000
        subscription: ["A subscription has more than one answer: accept text/event-stream, or use a WebSocket."]
        """);

    private async Task SeesAsync(string client, string expected)
    {
        Assert.SkipWhen(WhyNot is not null, WhyNot ?? "");

        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["NODE_NO_WARNINGS"] = "1"; // of Node's own about packages, which differ with its version
        start.ArgumentList.Add($"{client}.mjs");
        start.ArgumentList.Add(server.Endpoint.ToString());
        start.ArgumentList.Add("token-1");
        using var script = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));

        try
        {
            var output = script.StandardOutput.ReadToEndAsync(patience.Token);
            var error = await script.StandardError.ReadToEndAsync(patience.Token);
            await script.WaitForExitAsync(patience.Token);
            Assert.Equal(("", 0), (error, script.ExitCode));
            Assert.Equal(expected, (await output).TrimEnd());
        }
        finally
        {
            if (!script.HasExited)
            {
                script.Kill(entireProcessTree: true);
            }
        }
    }

    private static string? ReasonToSkip()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", "--version") { RedirectStandardOutput = true })!;
            var version = node.StandardOutput.ReadToEnd().Trim().TrimStart('v');

            if (!Version.TryParse(version, out var parsed) || parsed.Major < 20)
            {
                return $"Node.js 20 or newer is needed to run npm clients; this is {version}.";
            }
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "Node.js 20 or newer is needed to run npm clients; it is not installed.";
        }

        return Directory.Exists(Path.Combine(Folder, "node_modules")) ? null : "The npm clients are not installed: run tests/clients/install.sh.";
    }
}
