using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Fleet.DataPlane;
using Apc.ControlPlane.Domain.Clusters;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>Registers a data plane.</summary>
public sealed class RegisterCluster(
    Changes changes,
    DataPlaneClient dataPlane,
    IOptions<DataPlaneOptions> dataPlaneOptions,
    PlatformDeploymentsConfig platform,
    TimeProvider clock)
{
    /// <summary>Asks the data plane for its metadata and stores the cluster with the answer; without a usable one, nothing.</summary>
    /// <returns>The cluster's id.</returns>
    /// <exception cref="InvalidClusterNameException">The name is empty or too long.</exception>
    /// <exception cref="InvalidMetadataUrlException">The address cannot be used.</exception>
    /// <exception cref="InvalidConfigOverrideException">The override is no object, over a limit, or wrapped.</exception>
    /// <exception cref="ClusterWorkspaceNotFoundException">It is to be reserved for a workspace that does not exist.</exception>
    /// <exception cref="ClusterUnreachableException">There was no usable answer; the code says which step failed.</exception>
    /// <exception cref="ClusterNameTakenException">Another cluster has the name.</exception>
    /// <exception cref="ClusterMetadataUrlTakenException">Another cluster has the address.</exception>
    /// <exception cref="ClusterBaseDomainTakenException">Another cluster has the base domain.</exception>
    public async Task<Guid> RunAsync(
        string name,
        string metadataUrl,
        JsonElement? configOverride,
        Guid[] workspaceIds,
        Caller caller,
        CancellationToken cancellationToken)
    {
        name = ClusterName.Check(name);

        if (!MetadataUrl.TryParse(metadataUrl, dataPlaneOptions.Value.AllowHttp, out var url, out var error))
        {
            throw new InvalidMetadataUrlException(error);
        }

        if (configOverride is { } given)
        {
            DeploymentsConfig.Check(given);
        }

        var outcome = await dataPlane.GetMetadataAsync(url.Text, cancellationToken);
        var payload = Usable(outcome);
        var cluster = Register(name, url, outcome, payload, configOverride, workspaceIds);
        await SaveAsync(cluster, caller, cancellationToken);
        return cluster.Id;
    }

    private static MetadataPayload Usable(ProbeOutcome outcome) => outcome.Payload switch
    {
        null => throw new ClusterUnreachableException(outcome),
        { BaseDomain: null } payload => throw Lacks("baseDomain", payload),
        { DataplaneUrl: null } payload => throw Lacks("dataplaneUrl", payload),
        var payload => payload,
    };

    private static ClusterUnreachableException Lacks(string member, MetadataPayload payload)
    {
        var problem = payload.Problems.IsEmpty ? null : MetadataProblem.Parse(payload.Problems).FirstOrDefault(p => p.Path == member);
        return new ClusterUnreachableException(ProbeOutcome.Failed(
            ProbeCode.UnexpectedPayload,
            $"The answer has no {(problem is null ? $"{member}." : $"{member} that can be used. {problem.Problem}")}"));
    }

    private Cluster Register(
        string name, MetadataUrl url, ProbeOutcome outcome, MetadataPayload payload, JsonElement? configOverride, Guid[] workspaceIds)
    {
        var now = clock.GetUtcNow();
        var deployments = configOverride is { } given
            ? DeploymentsConfig.Merge(platform.Deployments, JsonObject.Create(given)!, platform.Deployments)
            : platform.Deployments;

        return new Cluster
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            MetadataUrl = url.Text,
            Status = outcome.Status,
            StatusReason = StatusReason.Of(outcome),
            HealthStatus = payload.Json.ToArray(),
            MetadataProblems = payload.Problems.IsEmpty ? null : payload.Problems.ToArray(),
            K8sVersion = NullIfEmpty(payload.K8sVersion),
            CloudProvider = NullIfEmpty(payload.CloudProvider),
            Region = NullIfEmpty(payload.Region),
            DpChartVersion = NullIfEmpty(payload.DpChartVersion),
            CommanderVersion = NullIfEmpty(payload.CommanderVersion),
            AirflowChartVersion = NullIfEmpty(payload.AirflowChartVersion),
            BaseDomain = payload.BaseDomain,
            DataplaneUrl = payload.DataplaneUrl,
            DataplaneId = NullIfEmpty(payload.DataplaneId),
            Config = DeploymentsConfig.Wrap(deployments),
            ConfigOverride = configOverride is { } sent ? DeploymentsConfig.Wrap(sent) : null,
            WorkspaceIds = workspaceIds,
            CreatedAt = now,
            UpdatedAt = now,
            StatusChangedAt = now,
        };
    }

    private static string? NullIfEmpty(string? text) => text is "" ? null : text;

    private Task<Cluster> SaveAsync(Cluster cluster, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            await change.Db.LockAsync(cluster.WorkspaceIds, cancellationToken);
            var number = await change.Db.NextNumberAsync(cancellationToken);
            change.Db.Clusters.Add(cluster);
            change.Db.ClusterObservations.Add(new ClusterObservation
            {
                ClusterId = cluster.Id,
                Number = number,
                ObservedAt = cluster.CreatedAt,
                AttemptedAt = cluster.CreatedAt,
            });
            change.Db.AddTransition(cluster, from: null, number, StatusCause.Register, caller.Name, cluster.CreatedAt);
            change.Audit(ClusterAudit.Change("cluster.register", cluster) with { After = ClusterAudit.Shown(cluster) });
            return cluster;
        }, cancellationToken);
}
