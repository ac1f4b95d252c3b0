using System.Text.Json;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Records who changed what: a row in the transaction of the change, and one line on standard output after the commit.</summary>
/// <remarks>The fields of before and after are listed by hand, so that no password, token or key gets into the trail.</remarks>
public sealed class AuditTrail(AuditLines lines, TimeProvider clock)
{
    // Flows from the field of the API into its use case, which does not depend on GraphQL.
    private readonly AsyncLocal<AuditedCall?> _call = new();

    /// <summary>The field of the API that is being executed; null outside of one.</summary>
    public AuditedCall? Call
    {
        get => _call.Value;
        internal set => _call.Value = value;
    }

    /// <summary>Adds the row to the context, to be saved with the change itself.</summary>
    public AuditLog Add(ControlPlaneDbContext db, Actor actor, AuditedChange change)
    {
        var row = Describe(actor, change, AuditOutcome.Success);
        db.AuditLogs.Add(row);
        return row;
    }

    /// <summary>Writes the line of the row. Called after the commit.</summary>
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
    internal AuditLog Describe(
        Actor actor, AuditedChange change, AuditOutcome outcome, string? errorCode = null, string? errorMessage = null)
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

    private static byte[]? ToJson(object? fields)
        => fields is null ? null : JsonSerializer.SerializeToUtf8Bytes(fields, JsonSerializerOptions.Web);
}

/// <summary>One change, for the audit trail.</summary>
/// <param name="Action">What was done, as <c>entity.verb</c>.</param>
/// <param name="EntityType">The kind of entity that was changed.</param>
/// <param name="EntityId">Its id.</param>
/// <param name="EntityName">Its name at that time.</param>
public sealed record AuditedChange(string Action, string EntityType, Guid? EntityId = null, string? EntityName = null)
{
    /// <summary>The operation of the row; null for the executed field of the API, or else <see cref="Actor.Operation"/>.</summary>
    public string? Operation { get; init; }

    /// <summary>The fields that may be shown, before the change: an anonymous object. Null if the entity is new.</summary>
    public object? Before { get; init; }

    /// <summary>The same fields after the change. Null if the entity was deleted.</summary>
    public object? After { get; init; }

    /// <summary>Why the change was made.</summary>
    public string? Reason { get; init; }
}
