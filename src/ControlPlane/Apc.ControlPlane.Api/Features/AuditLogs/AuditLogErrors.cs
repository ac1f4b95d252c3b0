using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.AuditLogs;

/// <summary>A page was asked for that starts after an entry which is not there; it may have been cleaned up.</summary>
public sealed class AuditLogCursorNotFoundException(string cursor)
    : DomainException("CURSOR_NOT_FOUND", $"There is no audit log with the id '{cursor}' to start after. Start again without a cursor.");
