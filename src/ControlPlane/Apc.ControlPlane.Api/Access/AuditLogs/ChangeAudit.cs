using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Access.AuditLogs;

/// <summary>Wraps every root field that changes something: tells the audit trail which one runs, and records those that fail.</summary>
/// <remarks>Use cases record successes, in the transaction of the change.</remarks>
public sealed partial class ChangeAudit(
    AuditTrail audit, FailureRows rows, DomainErrorFilter errors, TimeProvider clock, ILogger<ChangeAudit> logger)
{
    // Messages may repeat what the caller typed.
    private const int MaxMessageLength = 1_000;

    /// <summary>Wraps the resolver of a field outside of its policies, because what they refuse is a failure too.</summary>
    public FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var audited = new AuditedField(field);
        return context => RunAsync(audited, context, next);
    }

    private async ValueTask<object?> RunAsync(AuditedField field, ResolverContext context, FieldDelegate next)
    {
        // Read now, because the token may be revoked when the field ends.
        var caller = context.Caller();

        // Visible to everything called from here, until this method ends.
        var call = new AuditedCall(field, field.Variables(context.Arguments), clock.GetTimestamp());
        audit.Call = call;

        try
        {
            return await next(context);
        }
        catch (Exception e) when (UnsureOf(e, call) is { } unsure)
        {
            AccountFor(unsure, field, caller, context);
            LogUnsure(field.Operation, e);
            throw unsure;
        }
        catch (Exception e)
        {
            AccountFor(e, field, caller, context);
            throw;
        }
    }

    /// <summary>The error for a change that may have been stored although it failed; null if it certainly changed nothing.</summary>
    private static DomainException? UnsureOf(Exception exception, AuditedCall call)
    {
        var isCancelled = exception is OperationCanceledException;
        var trouble = DatabaseOutage.Explain(exception);

        if ((!isCancelled && trouble is null) || !(call.HasChanged || DatabaseOutage.IsUnsure(exception)))
        {
            return null;
        }

        return isCancelled || trouble is { Code: ErrorCodes.Timeout } ? new ChangeCutOffException() : new ChangeUnsureException();
    }

    private void AccountFor(Exception exception, AuditedField field, Caller caller, ResolverContext context)
    {
        var (message, code) = Explain(exception, context);
        var change = new AuditedChange(field.Action.Action, field.Action.EntityType)
        {
            // Nothing that a caller without a valid token typed is stored.
            EntityId = caller.IsSignedIn ? field.EntityId(context.Arguments) : null,
        };
        var row = audit.Describe(caller, change, AuditOutcome.Failure, code, message[..Math.Min(message.Length, MaxMessageLength)]);
        audit.Announce(row);

        // Callers without a valid token could fill the database with rows.
        if (caller.IsSignedIn)
        {
            rows.Add(row, field.Action.IsGrant ? FailureLane.Grants : FailureLane.Changes);
        }
    }

    private (string Message, string Code) Explain(Exception exception, ResolverContext context)
        => errors.Explain(exception, context) ?? (exception is OperationCanceledException
            ? context.Request.CancellationToken.IsCancellationRequested
                ? ("The caller left.", "CANCELLED")
                : ("The request took too long.", ErrorCodes.Timeout)
            : ("Internal error", ErrorCodes.Internal));

    [LoggerMessage(LogLevel.Warning, "{Operation} failed while its change was being stored, or after that.")]
    private partial void LogUnsure(string operation, Exception exception);
}
