using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>
/// Records refusals of reads, of invalid tokens and of the gate: one row and one line for each kind and window.
/// </summary>
public sealed class RefusedAccess(AuditTrail audit, FailureRows rows)
{
    private const string Forbidden = "FORBIDDEN";
    private const string Unauthenticated = "UNAUTHENTICATED";

    // Bounded by the number of fields of the schema.
    private readonly ConcurrentDictionary<FieldDefinition, AuditedAction?> _actions = new();

    /// <summary>
    /// Records a failed field if it is a root field that the caller may not read. <see cref="ChangeAudit"/> records changes.
    /// </summary>
    public void Read(ResolverContext field, string code, string message)
    {
        if (field.Parent is null
            && code is Forbidden or Unauthenticated
            && _actions.GetOrAdd(field.Field, AuditedAction.Of) is { IsRead: true } action)
        {
            Account(field.Caller().During(field.Field.Name), action, code, message);
        }
    }

    /// <summary>Records a token that is wrong, has expired or was revoked.</summary>
    public void Token(Caller caller)
        => Account(caller, new AuditedAction("token.verify"), Unauthenticated, "The token is not valid.");

    /// <summary>Records that the gate refused the caller.</summary>
    public void Gate(Caller caller)
    {
        var code = caller.IsSignedIn ? Forbidden : Unauthenticated;
        Account(caller.During("authorization"), new AuditedAction("gate.pass"), code, PermissionDeniedException.Text);
    }

    private void Account(Caller caller, AuditedAction action, string code, string message)
    {
        var lane = caller.IsSignedIn ? FailureLane.Reads : FailureLane.Strangers;
        var kind = new FailureKind(caller.Id?.ToString() ?? QuotaKeys.OfAddress(caller.Address), action.Action, code);
        var row = rows.Add(kind, lane, () => audit.Describe(
            caller, new AuditedChange(action.Action, action.EntityType), AuditOutcome.Failure, code, message));

        if (row is not null)
        {
            audit.Announce(row);
        }
    }
}

/// <summary>Records the root fields that a caller may not read, besides reporting the error.</summary>
public sealed class RefusedReads(DomainErrorFilter errors, RefusedAccess refused) : IErrorFilter
{
    public GraphQLError OnError(GraphQLError error) => OnError(error, field: null);

    public GraphQLError OnError(GraphQLError error, ResolverContext? field)
    {
        var reported = errors.OnError(error, field);

        if (field is not null && error.Exception is not null && reported.Code is { } code)
        {
            refused.Read(field, code, reported.Message);
        }

        return reported;
    }
}
