using System.Text.Json;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Keeps account of who changed what: a row in the transaction of the change, and one log line once it is committed.</summary>
/// <remarks>The caller of these methods lists by hand what goes into before and after, so that no password, token or key ever does.</remarks>
public sealed partial class AuditTrail(TimeProvider clock, ILogger<AuditTrail> logger)
{
    /// <summary>Adds the row to the context, to be saved with the change itself.</summary>
    /// <param name="db">The context that saves the change.</param>
    /// <param name="caller">Who did it.</param>
    /// <param name="change">What was done.</param>
    public AuditLog Add(ControlPlaneDbContext db, Caller caller, AuditedChange change)
    {
        var now = clock.GetUtcNow();
        var row = new AuditLog
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            ActorKind = caller.Kind,
            ActorId = caller.Id,
            ActorName = caller.Name,
            TokenId = caller.TokenId,
            Address = caller.Address,
            RequestId = caller.RequestId,
            Action = change.Action,
            Operation = change.Operation,
            EntityType = change.EntityType,
            EntityId = change.EntityId?.ToString(),
            EntityName = change.EntityName,
            Before = ToJson(change.Before),
            After = ToJson(change.After),
            Reason = change.Reason,
            Outcome = AuditOutcome.Success,
        };

        db.AuditLogs.Add(row);
        return row;
    }

    /// <summary>Logs the row. Call it when the change is committed, not before.</summary>
    public void Announce(AuditLog row)
        => LogChange(row.Action, row.EntityType, row.EntityId, row.EntityName, row.ActorKind, row.ActorId, row.ActorName, row.TokenId, row.Address);

    private static byte[]? ToJson(object? fields) => fields is null ? null : JsonSerializer.SerializeToUtf8Bytes(fields, JsonSerializerOptions.Web);

    [LoggerMessage(
        LogLevel.Information,
        "Audit: {Action} on {EntityType} {EntityId} ({EntityName}) by {ActorKind} {ActorId} ({ActorName}), token {TokenId}, from {Address}.")]
    private partial void LogChange(
        string action, string entityType, string? entityId, string? entityName, ActorKind actorKind, Guid? actorId, string? actorName,
        string? tokenId, string? address);
}

/// <summary>One change, for the audit trail.</summary>
/// <param name="Action">What was done, as <c>entity.verb</c>.</param>
/// <param name="EntityType">What kind of thing was changed.</param>
public sealed record AuditedChange(string Action, string EntityType)
{
    /// <summary>The GraphQL operation or the command that did it.</summary>
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
