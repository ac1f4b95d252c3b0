using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

[ObjectType<AuditLog>]
public static class AuditLogType
{
    /// <summary>
    /// Those arguments of the operation that are known to be harmless: ids, names, numbers, switches. Null for a command or a job.
    /// </summary>
    [GraphQLType("JSON")]
    public static byte[]? GetVariables([Parent] AuditLog entry) => entry.Variables;

    /// <summary>The thing as it was before the change; null if it did not exist.</summary>
    [GraphQLType("JSON")]
    public static byte[]? GetBefore([Parent] AuditLog entry) => entry.Before;

    /// <summary>The thing as it was after the change; null if it no longer existed.</summary>
    [GraphQLType("JSON")]
    public static byte[]? GetAfter([Parent] AuditLog entry) => entry.After;
}
