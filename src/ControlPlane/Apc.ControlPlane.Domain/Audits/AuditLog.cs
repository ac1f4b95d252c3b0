namespace Apc.ControlPlane.Domain.Audits;

/// <summary>Who changed what, or tried to and failed. What was changed is written in the transaction of the change. Never holds a password, a token or a key.</summary>
public sealed class AuditLog
{
    /// <summary>The entry's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What kind of caller did it.</summary>
    public required ActorKind ActorKind { get; init; }

    /// <summary>The user or service account; null for the system and for a caller who is not known yet.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>User name or label at that time, kept because the actor may be removed later.</summary>
    public string? ActorName { get; init; }

    /// <summary>The actor's email address at that time; null for programs and where it is not known.</summary>
    public string? ActorEmail { get; init; }

    /// <summary>Names of the roles that the actor held anywhere at that time; null where they are not known.</summary>
    public string[]? ActorRoles { get; init; }

    /// <summary>Public id of the token, without its secret.</summary>
    public string? TokenId { get; init; }

    /// <summary>The caller's network address.</summary>
    public string? Address { get; init; }

    /// <summary>What the caller used: <c>ui</c>, <c>api</c> or <c>system</c>.</summary>
    public string? ClientType { get; init; }

    /// <summary>What was done, as <c>entity.verb</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The GraphQL operation, or the command, that did it.</summary>
    public string? Operation { get; init; }

    /// <summary>The allow-listed arguments of the operation, a JSON object in UTF-8; null for a command or a job.</summary>
    public byte[]? Variables { get; init; }

    /// <summary>What kind of thing was changed.</summary>
    public required string EntityType { get; init; }

    /// <summary>Id of the thing; null where it never came to be.</summary>
    public string? EntityId { get; init; }

    /// <summary>Name of the thing at that time.</summary>
    public string? EntityName { get; init; }

    /// <summary>The allow-listed fields before the change, JSON in UTF-8; null where there was nothing.</summary>
    public byte[]? Before { get; init; }

    /// <summary>The same fields after the change; null where nothing is left.</summary>
    public byte[]? After { get; init; }

    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }

    /// <summary>What became of it.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The code of what the caller was told when it failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>What the caller was told when it failed.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>Joins the row to the request's log lines; of the first where the entry stands for several failures.</summary>
    public string? RequestId { get; init; }

    /// <summary>How many failures of one kind the entry stands for: of one actor, or one network address, with one code within five minutes. 1 for everything that was done.</summary>
    public int Count { get; set; } = 1;

    /// <summary>When the last of the failures was that the entry stands for; null for everything that was done.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>The same for failures that differ in what they were about and, unless they are all of one actor, in who failed.</summary>
    public AuditLog ForMany(bool ofOneActor) => new()
    {
        Id = Id,
        At = At,
        ActorKind = ActorKind,
        ActorId = ofOneActor ? ActorId : null,
        ActorName = ofOneActor ? ActorName : null,
        ActorEmail = ofOneActor ? ActorEmail : null,
        ActorRoles = ofOneActor ? ActorRoles : null,
        TokenId = ofOneActor ? TokenId : null,
        Address = ofOneActor ? Address : null,
        ClientType = ClientType,
        Action = Action,
        Operation = Operation,
        EntityType = EntityType,
        Outcome = Outcome,
        ErrorCode = ErrorCode,
        ErrorMessage = ErrorMessage,
        RequestId = RequestId,
    };
}
