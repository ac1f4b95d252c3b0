using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>The members of an entry that are JSON.</summary>
[ObjectType<AuditLog>]
public static class AuditLogType
{
    /// <summary>Those arguments of the operation that are known to be harmless: ids, names, numbers, switches. Null for a command or a job.</summary>
    [GraphQLType("JSON")]
    public static byte[]? GetVariables([Parent] AuditLog entry) => entry.Variables;

    /// <summary>What was changed, as it was before; null where there was nothing.</summary>
    [GraphQLType("JSON")]
    public static byte[]? GetBefore([Parent] AuditLog entry) => entry.Before;

    /// <summary>The same as it is since then; null where nothing is left.</summary>
    [GraphQLType("JSON")]
    public static byte[]? GetAfter([Parent] AuditLog entry) => entry.After;
}
