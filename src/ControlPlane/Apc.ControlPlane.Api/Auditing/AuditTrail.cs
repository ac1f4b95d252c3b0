using System.Text.Json;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Keeps account of who changed what: a row in the transaction of the change, and one line on standard output once it is committed.</summary>
/// <remarks>Whoever calls these methods lists by hand what goes into before and after, so that no password, token or key ever does.</remarks>
public sealed class AuditTrail(AuditLines lines, TimeProvider clock)
{
    // Follows an operation into its use case, which knows nothing of GraphQL.
    private readonly AsyncLocal<AuditedCall?> _call = new();

    /// <summary>The operation that is under way here; null outside of one.</summary>
    public AuditedCall? Call
    {
        get => _call.Value;
        internal set => _call.Value = value;
    }

    /// <summary>Adds the row to the context, to be saved with the change itself.</summary>
    /// <param name="db">The context that saves the change.</param>
    /// <param name="actor">Who did it.</param>
    /// <param name="change">What was done.</param>
    public AuditLog Add(ControlPlaneDbContext db, Actor actor, AuditedChange change)
    {
        var row = Describe(actor, change, AuditOutcome.Success);
        db.AuditLogs.Add(row);
        return row;
    }

    /// <summary>Writes the line of the row. Call it when the change is committed, not before.</summary>
    public void Announce(AuditLog row)
    {
        var call = Call;

        if (call is not null && row.Outcome is AuditOutcome.Success)
        {
            call.HasChanged = true;
        }

        lines.Write(row, call is null ? null : clock.GetElapsedTime(call.StartedAt));
    }

    /// <summary>The row of an operation, neither saved nor announced.</summary>
    internal AuditLog Describe(Actor actor, AuditedChange change, AuditOutcome outcome, string? errorCode = null, string? errorMessage = null)
    {
        var now = clock.GetUtcNow();

        return new AuditLog
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorKind = actor.Kind,
            ActorId = actor.Id,
            ActorName = actor.Name,
            ActorEmail = actor.Email,
            ActorRoles = actor.IsSignedIn ? [.. actor.RoleNames] : null,
            TokenId = actor.TokenId,
            Address = actor.Address,
            ClientType = actor.ClientType,
            RequestId = actor.RequestId,
            Action = change.Action,
            Operation = change.Operation ?? Call?.Field.Operation ?? actor.Operation,
            Variables = actor.IsSignedIn ? Call?.Variables : null,
            EntityType = change.EntityType,
            EntityId = change.EntityId?.ToString(),
            EntityName = change.EntityName,
            Before = ToJson(change.Before),
            After = ToJson(change.After),
            Reason = change.Reason,
            Outcome = outcome,
            ErrorCode = errorCode,
            ErrorMessage = errorMessage,
        };
    }

    private static byte[]? ToJson(object? fields) => fields is null ? null : JsonSerializer.SerializeToUtf8Bytes(fields, JsonSerializerOptions.Web);
}

/// <summary>One change, for the audit trail.</summary>
/// <param name="Action">What was done, as <c>entity.verb</c>.</param>
/// <param name="EntityType">What kind of thing was changed.</param>
public sealed record AuditedChange(string Action, string EntityType)
{
    /// <summary>What did it; null for the field of the API that is under way, or else for what the actor runs.</summary>
    public string? Operation { get; init; }

    /// <summary>Id of the thing.</summary>
    public Guid? EntityId { get; init; }

    /// <summary>Name of the thing at that time.</summary>
    public string? EntityName { get; init; }

    /// <summary>The fields that may be shown, before the change: an anonymous object. Null where there was nothing.</summary>
    public object? Before { get; init; }

    /// <summary>The same fields after the change. Null where nothing is left.</summary>
    public object? After { get; init; }

    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }
}
