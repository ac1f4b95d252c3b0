using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>What caused results: it is recorded in the history and the audit trail with every change that they lead to.</summary>
public sealed record ChangeOrigin
{
    private ChangeOrigin()
    {
    }

    public required StatusCause Cause { get; init; }

    /// <summary>The GraphQL operation, or Houston's name of the schedule.</summary>
    public required string Operation { get; init; }

    /// <summary>The run whose results these are; null outside sweeps.</summary>
    public SweepRun? Run { get; private init; }

    public ActorKind ActorKind { get; private init; }

    public Guid? ActorId { get; private init; }

    public string? ActorName { get; private init; }

    public string? TokenId { get; private init; }

    public string? Address { get; private init; }

    public string? RequestId { get; private init; }

    /// <summary>The actor in the history; null for a sweep.</summary>
    public string? Actor => Cause is StatusCause.Schedule ? null : ActorName;

    /// <summary>A sweep over the fleet.</summary>
    public static ChangeOrigin Of(SweepRun run) => new()
    {
        Cause = StatusCause.Schedule,
        Operation = "sync-dataplane-clusters",
        Run = run,
        ActorKind = Caller.ControlPlane.Kind,
        ActorName = Caller.ControlPlane.Name,
    };

    /// <summary>A caller's request. What is needed of it is read now, because the request may be over when the results come.</summary>
    public static ChangeOrigin Of(Caller caller) => new()
    {
        Cause = StatusCause.Reconcile,
        Operation = "reconcileClusterMetadataJob",
        ActorKind = caller.Kind,
        ActorId = caller.Id,
        ActorName = caller.Name,
        TokenId = caller.TokenId,
        Address = caller.Address,
        RequestId = caller.RequestId,
    };
}

/// <summary>A run as its holder knows it. Writes carry the token, and are refused once another replica has taken the run over.</summary>
public sealed record SweepRun(Guid Id, DateTimeOffset DueAt, long FencingToken);
