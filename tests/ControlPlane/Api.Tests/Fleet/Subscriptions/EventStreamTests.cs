using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Tests.Fleet.Subscriptions;

/// <summary>A subscription as a program has it: over HTTP, as server-sent events.</summary>
public sealed class EventStreamTests(TwoReplicas replicas) : IClassFixture<TwoReplicas>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_of_the_other_replica_come_over_the_wire_until_the_token_is_revoked()
    {
        await replicas.ForgetAsync();
        await replicas.AddClustersAsync(1);
        var token = await replicas.TokenAsync(replicas.Name("user"), RoleTable.BuiltIn.Grant(RoleNames.SystemViewer));
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(replicas.A.Address, "/v1"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        request.Headers.TryAddWithoutValidation("Authorization", token);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { query = "subscription { clusterStatusChanged { transition { to } } }" }), Encoding.UTF8, "application/json");

        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));

        // The headers are sent once the subscription stands.
        await replicas.SetStatusAsync(1, ClusterStatus.Inactive);
        Assert.Equal(
            ["event: next", """data: {"data":{"clusterStatusChanged":{"transition":{"to":"INACTIVE"}}}}"""], await ReadEventAsync(lines));

        await replicas.Database.ExecuteAsync(
            $"""UPDATE {HoustonNames.UserToken} SET "revokedAt" = now() WHERE "publicId" = '{token[6..14]}'""", Cancellation);
        Assert.Equal(
            [
                "event: next",
                """data: {"errors":[{"message":"You do not have the appropriate permissions for that","locations":[{"line":1,"column":16}],"path":["clusterStatusChanged"],"extensions":{"code":"UNAUTHENTICATED"}}]}""",
            ],
            await ReadEventAsync(lines));
        Assert.Equal(["event: complete", "data:"], await ReadEventAsync(lines));
        Assert.Null(await lines.ReadLineAsync(Cancellation));
    }

    /// <summary>The lines of the next event; comments, which keep the connection alive, are passed over.</summary>
    private static async Task<List<string>> ReadEventAsync(StreamReader lines)
    {
        var read = new List<string>();

        while (await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation) is { } line)
        {
            if (line.Length == 0 && read.Count > 0)
            {
                return read;
            }

            if (line.Length > 0 && line[0] != ':')
            {
                read.Add(line);
            }
        }

        throw new EndOfStreamException("The stream ended without a further event.");
    }
}
