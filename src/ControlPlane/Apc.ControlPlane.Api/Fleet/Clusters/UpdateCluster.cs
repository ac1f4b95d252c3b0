using System.Text.Json;
using System.Text.Json.Nodes;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Clusters;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>The changes that a caller asks for; null members stay as they are.</summary>
public sealed record ClusterChange
{
    public string? Name { get; init; }

    public ClusterStatus? Status { get; init; }

    /// <summary>A null that was given clears the reason.</summary>
    public Optional<JsonElement?> StatusReason { get; init; }

    public JsonElement? DeploymentsConfigOverride { get; init; }

    /// <summary>The workspaces that may use it; empty for every workspace.</summary>
    public Guid[]? WorkspaceIds { get; init; }

    /// <summary>Whether a change is asked for that only an active cluster allows.</summary>
    public bool ChangesConfiguration => Name is not null || DeploymentsConfigOverride is not null;
}

/// <summary>Changes a cluster by hand. Changes of one cluster wait for each other, so that none is lost.</summary>
public sealed class UpdateCluster(
    Changes changes, PlatformDeploymentsConfig platform, TimeProvider clock)
{
    /// <exception cref="ClusterNotFoundException">There is no such cluster.</exception>
    /// <exception cref="ClusterNotActiveException">Its name or configuration is to be changed while it is INACTIVE.</exception>
    /// <exception cref="ClusterNameTakenException">Another cluster has the name.</exception>
    /// <exception cref="InvalidClusterNameException">The name is empty or too long.</exception>
    /// <exception cref="ClusterWorkspaceNotFoundException">It is to be reserved for a workspace that does not exist.</exception>
    /// <exception cref="InvalidStatusReasonException">The reason is no object, or over a limit.</exception>
    /// <exception cref="InvalidConfigOverrideException">The override is no object, over a limit, or wrapped.</exception>
    public Task RunAsync(Guid id, ClusterChange wanted, Caller caller, CancellationToken cancellationToken)
    {
        Check(wanted);

        return changes.RunAsync(caller, async change =>
        {
            var db = change.Db;
            await db.LockAsync(wanted.WorkspaceIds ?? [], cancellationToken);

            var number = await db.TakeNumberAsync(id, cancellationToken) ?? throw new ClusterNotFoundException();
            var cluster = await db.Clusters.SingleAsync(c => c.Id == id, cancellationToken);

            if (wanted.ChangesConfiguration && cluster.Status is not ClusterStatus.Active)
            {
                throw new ClusterNotActiveException();
            }

            var before = Shown(cluster);
            var from = cluster.Status;
            var now = clock.GetUtcNow();
            Apply(wanted, cluster, caller, now);

            if (db.Entry(cluster).State is EntityState.Unchanged)
            {
                // Setting the status that the cluster has changes nothing else, but outranks every probe that began before.
                change.IsAbandoned = wanted.Status is null;
                return cluster;
            }

            cluster.UpdatedAt = now;

            // The next probe must rewrite the record, even with the same answer.
            cluster.PayloadHash = 0;

            if (cluster.Status != from)
            {
                db.AddTransition(cluster, from, number, StatusCause.Manual, caller.Name, now);
            }

            change.Audit(ClusterAudit.Change("cluster.update", cluster) with
            {
                Before = before,
                After = Shown(cluster),
                Reason = wanted.StatusReason.Value is { } reason ? ManualStatusReason.MessageIn(reason) : null,
            });
            return cluster;
        }, cancellationToken);
    }

    private static void Check(ClusterChange change)
    {
        if (change.Name is { } name)
        {
            ClusterName.Check(name);
        }

        if (change.DeploymentsConfigOverride is { } configOverride)
        {
            DeploymentsConfig.Check(configOverride);
        }
    }

    private void Apply(ClusterChange change, Cluster cluster, Caller caller, DateTimeOffset now)
    {
        if (change.Name is { } name)
        {
            cluster.Name = ClusterName.Check(name);
        }

        if (change.Status is { } status)
        {
            cluster.StatusChangedAt = status == cluster.Status ? cluster.StatusChangedAt : now;
            cluster.Status = status;
            cluster.StatusReason = ManualStatusReason.For(status, caller.Name ?? "an unknown caller");
        }

        if (change.StatusReason.HasValue)
        {
            cluster.StatusReason = change.StatusReason.Value is { } reason ? ManualStatusReason.Of(reason) : null;
        }

        // The order of the list has no meaning.
        if (change.WorkspaceIds is { } workspaceIds && !cluster.WorkspaceIds.ToHashSet().SetEquals(workspaceIds))
        {
            cluster.WorkspaceIds = workspaceIds;
        }

        if (change.DeploymentsConfigOverride is { } configOverride)
        {
            var merged = DeploymentsConfig.Merge(
                DeploymentsConfig.Unwrap(cluster.Config), JsonObject.Create(configOverride)!, platform.Deployments);
            cluster.Config = DeploymentsConfig.Wrap(merged);
            cluster.ConfigOverride = DeploymentsConfig.Wrap(configOverride);
        }
    }

    private static object Shown(Cluster cluster) => new
    {
        name = cluster.Name,
        status = EnumTexts.Of(cluster.Status),
        statusReason = Json(cluster.StatusReason),
        configOverride = Json(cluster.ConfigOverride),
        workspaceIds = cluster.WorkspaceIds,
    };

    private static JsonNode? Json(byte[]? stored) => stored is null ? null : JsonNode.Parse(stored);
}
