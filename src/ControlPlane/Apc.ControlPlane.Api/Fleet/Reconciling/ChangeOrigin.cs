using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Reconciling;

/// <summary>What made results come in: it stands in the history and the audit of every change that they lead to.</summary>
public sealed record ChangeOrigin
{
    private ChangeOrigin()
    {
    }

    public required StatusCause Cause { get; init; }

    /// <summary>The GraphQL operation, or what the schedule is called in Houston.</summary>
    public required string Operation { get; init; }

    /// <summary>The run whose results these are; null outside sweeps.</summary>
    public SweepRun? Run { get; private init; }

    public ActorKind ActorKind { get; private init; }

    public Guid? ActorId { get; private init; }

    public string? ActorName { get; private init; }

    public string? TokenId { get; private init; }

    public string? Address { get; private init; }

    public string? RequestId { get; private init; }

    /// <summary>Who stands in the history: nobody, where nobody asked.</summary>
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

    /// <summary>Somebody who asked. What is needed of the request is read now: it may be gone when the results come.</summary>
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

/// <summary>A sweep as its holder knows it: every write shows the token, and is refused once somebody else took the run over.</summary>
public sealed record SweepRun(Guid Id, DateTimeOffset DueAt, long FencingToken);
