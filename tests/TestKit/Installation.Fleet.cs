using System.Net.Http.Headers;
using System.Text;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Clusters;
using Apc.ControlPlane.Domain.Deployments;
using Apc.ControlPlane.Domain.Workspaces;

namespace Apc.TestKit;

/// <summary>Clusters, workspaces and deployments, stored as if they had been made through the API at noon.</summary>
public partial class Installation
{
    /// <summary>Deletes clusters, workspaces, deployments and audit rows, so that a test does not see those of another. Users stay.</summary>
    public Task ForgetClustersAsync()
        => Database.ExecuteAsync(
            $"""
             delete from {HoustonNames.Deployment};
             delete from {HoustonNames.Cluster};
             delete from {HoustonNames.Workspace};
             delete from {HoustonNames.OutboxEvent};
             delete from {HoustonNames.AuditLog};
             """,
            CancellationToken.None);

    /// <summary>Stores clusters, each with an answer at noon.</summary>
    public Task AddClustersAsync(params Cluster[] clusters)
        => AddClustersAsync(clusters.Select(cluster => (cluster, (DateTimeOffset?)FakeClock.Noon)));

    /// <summary>Stores clusters with the time of their last answer; null for none yet.</summary>
    public Task AddClustersAsync(IEnumerable<(Cluster Cluster, DateTimeOffset? ObservedAt)> clusters)
        => AddAsync(
        [
            .. clusters.SelectMany(c => new object[]
            {
                c.Cluster,
                new ClusterObservation { ClusterId = c.Cluster.Id, Number = 0, ObservedAt = c.ObservedAt, AttemptedAt = c.ObservedAt },
            }),
        ]);

    /// <summary>A workspace with a label of its own.</summary>
    public Task<Guid> AddWorkspaceAsync() => AddWorkspaceAsync(Name("workspace"));

    /// <summary>A workspace with this label.</summary>
    public async Task<Guid> AddWorkspaceAsync(string label)
    {
        var workspace = new Workspace
        {
            Id = Guid.CreateVersion7(FakeClock.Noon),
            Label = label,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        await AddAsync([workspace]);
        return workspace.Id;
    }

    /// <summary>A deployment; on no cluster, or deleted, if that is said.</summary>
    public async Task<Guid> AddDeploymentAsync(string releaseName, Guid? clusterId, Guid workspaceId, DateTimeOffset? deletedAt = null)
    {
        var deployment = new Deployment
        {
            Id = Guid.CreateVersion7(FakeClock.Noon),
            ReleaseName = releaseName,
            Label = releaseName,
            WorkspaceId = workspaceId,
            ClusterId = clusterId,
            DeletedAt = deletedAt,
            CreatedAt = FakeClock.Noon,
            UpdatedAt = FakeClock.Noon,
        };
        await AddAsync([deployment]);
        return deployment.Id;
    }

    /// <summary>Sends a body as it is, as <c>curl</c> does.</summary>
    public async Task<GraphQLAnswer> PostAsync(string body, string? authorization)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Address, "/v1"));
        request.Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        using var response = await http.SendAsync(request, Cancellation);
        return new GraphQLAnswer(response.StatusCode, await response.Content.ReadAsStringAsync(Cancellation));
    }
}
