using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

[QueryType]
public static class AuditLogQueries
{
    /// <summary>Who changed what, or tried to and failed, newest first. Reading it leaves no entry in it.</summary>
    /// <param name="take">Entries on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the entry with this id.</param>
    /// <param name="actorId">Only what this user or service account did.</param>
    /// <param name="entityType">Only what was done to things of this kind, such as `cluster`.</param>
    /// <param name="entityId">Only what was done to the thing with this id.</param>
    /// <param name="action">Only this action, such as `cluster.update`.</param>
    /// <param name="outcome">Only what succeeded, or only what failed.</param>
    /// <param name="from">Only what was done at this time or later.</param>
    /// <param name="to">Only what was done before this time.</param>
    [Audited("auditLog.read")]
    [RequiresPermission(Permissions.AuditGet)]
    public static async Task<AuditLogPage?> GetPaginatedAuditLogsAsync(
        [GraphQLDefault("25"), MaxElements(PageArguments.MaxTake)] int? take,
        Uuid? cursor,
        Uuid? actorId,
        string? entityType,
        Uuid? entityId,
        string? action,
        AuditOutcome? outcome,
        DateTimeOffset? from,
        DateTimeOffset? to,
        Selection selection,
        AuditLogReader auditLogs,
        CancellationToken cancellationToken)
        => await auditLogs.PageAsync(
            new AuditLogPageQuery
            {
                Take = PageArguments.Take(take),
                Cursor = PageArguments.Cursor(cursor, "audit log"),
                Filter = new AuditLogFilter
                {
                    ActorId = PageArguments.Id(actorId),
                    EntityType = PageArguments.Text(entityType),
                    EntityId = PageArguments.Id(entityId),
                    Action = PageArguments.Text(action),
                    Outcome = outcome,
                    From = from,
                    To = to,
                },
                WantsRows = selection.Wants(nameof(AuditLogPage.AuditLogs)),
                WantsCount = selection.Wants(nameof(AuditLogPage.Count)),
            },
            cancellationToken);
}
