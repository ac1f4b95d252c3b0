using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Accounts for what was refused and would have changed nothing: reads, tokens that are not valid, and the gate. One row and one line a kind and window.</summary>
public sealed class RefusedAccess(AuditTrail audit, FailureRows rows)
{
    private const string Forbidden = "FORBIDDEN";
    private const string Unauthenticated = "UNAUTHENTICATED";

    // Not many more than the schema has root fields.
    private readonly ConcurrentDictionary<FieldDefinition, AuditedAction?> _actions = new();

    /// <summary>A field failed; counts if it is a root field that the caller may not read. Changes are accounted for by <see cref="ChangeAudit"/>.</summary>
    public void Read(ResolverContext field, string code, string message)
    {
        if (field.Parent is null && code is Forbidden or Unauthenticated && _actions.GetOrAdd(field.Field, AuditedAction.Of) is { IsRead: true } action)
        {
            Account(field.Caller().During(field.Field.Name), action, code, message);
        }
    }

    /// <summary>Somebody showed a token that is wrong, has expired or was revoked.</summary>
    public void Token(Caller caller) => Account(caller, new AuditedAction("token.verify"), Unauthenticated, "The token is not valid.");

    /// <summary>The gate did not let somebody through.</summary>
    public void Gate(Caller caller) => Account(
        caller.During("authorization"), new AuditedAction("gate.pass"), caller.IsSignedIn ? Forbidden : Unauthenticated, PermissionDeniedException.Text);

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
