namespace Apc.ControlPlane.Domain.Audits;

/// <summary>
/// One entry of the audit trail: an actor's change, or a failed attempt. A change and its entry are written in one transaction. Never
/// contains a password, a token or a key.
/// </summary>
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

    /// <summary>The actor's email address at that time; null for programs, and if not known.</summary>
    public string? ActorEmail { get; init; }

    /// <summary>Names of all roles that the actor held at that time; null if not known.</summary>
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

    /// <summary>The kind of entity that was changed.</summary>
    public required string EntityType { get; init; }

    /// <summary>Id of the entity; null if it was not created.</summary>
    public string? EntityId { get; init; }

    /// <summary>Name of the entity at that time.</summary>
    public string? EntityName { get; init; }

    /// <summary>The allow-listed fields before the change, JSON in UTF-8; null if the entity did not exist.</summary>
    public byte[]? Before { get; init; }

    /// <summary>The same fields after the change; null if the entity was deleted.</summary>
    public byte[]? After { get; init; }

    /// <summary>Why, in the caller's words.</summary>
    public string? Reason { get; init; }

    /// <summary>Whether it succeeded.</summary>
    public required AuditOutcome Outcome { get; init; }

    /// <summary>The error code of a failure.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>The error message that the caller got.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>The id in the request's log lines; that of the first request if the entry stands for several failures.</summary>
    public string? RequestId { get; init; }

    /// <summary>How many failures of one actor or address with one code within five minutes it stands for. 1 for a success.</summary>
    public int Count { get; set; } = 1;

    /// <summary>When the last of these failures occurred; null for a success.</summary>
    public DateTimeOffset? LastAt { get; set; }

    /// <summary>The entry for several failures: without the entity and, unless one actor caused them all, without the actor.</summary>
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

/// <summary>What kind of caller acted.</summary>
public enum ActorKind
{
    /// <summary>A person, signed in or signing in.</summary>
    User,

    /// <summary>A program with a key.</summary>
    ServiceAccount,

    /// <summary>The control plane itself: a job or a command.</summary>
    System,
}

/// <summary>The result of an audited operation.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Success,

    /// <summary>It was refused, or failed on the way.</summary>
    Failure,
}
