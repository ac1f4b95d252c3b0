using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>A page of the audit trail.</summary>
/// <param name="AuditLogs">The entries of this page, newest first.</param>
/// <param name="Count">How many entries match, on all pages together.</param>
public sealed record AuditLogPage(IReadOnlyList<AuditLog> AuditLogs, int Count);

/// <summary>Which entries; a null member does not narrow them.</summary>
public sealed record AuditLogFilter
{
    public Guid? ActorId { get; init; }

    public string? EntityType { get; init; }

    public Guid? EntityId { get; init; }

    public string? Action { get; init; }

    public AuditOutcome? Outcome { get; init; }

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <summary>One page: which entries, and which parts of the response are needed.</summary>
public sealed record AuditLogPageQuery
{
    public required int Take { get; init; }

    /// <summary>The page starts after this entry; null starts at the newest.</summary>
    public Guid? Cursor { get; init; }

    public AuditLogFilter Filter { get; init; } = new();

    public bool WantsRows { get; init; }

    public bool WantsCount { get; init; }
}
