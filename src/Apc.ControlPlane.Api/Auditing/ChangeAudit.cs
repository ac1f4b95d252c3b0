using Apc.ControlPlane.Api.Errors;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Watches every root field that changes something: tells the audit trail which one runs, and accounts for those that fail.</summary>
/// <remarks>Successes are accounted for by the use cases, in the transaction of the change.</remarks>
public sealed class ChangeAudit(AuditTrail audit, FailureRows rows, TimeProvider clock)
{
    // Nobody needs more of it, and it may repeat what was typed.
    private const int MaxMessageLength = 1_000;

    /// <summary>The resolver of the field with this around it, outside of its policies: what they refuse has failed too.</summary>
    public FieldDelegate Wrap(FieldDefinition field, FieldDelegate next)
    {
        var audited = new AuditedField(field);
        return context => RunAsync(audited, context, next);
    }

    private async ValueTask<object?> RunAsync(AuditedField field, ResolverContext context, FieldDelegate next)
    {
        // Who asks may be nobody any more when it ends.
        var caller = context.Caller();

        // Seen by what is called from here, and gone when this method ends.
        audit.Call = new AuditedCall(field, field.Variables(context.Arguments), clock.GetTimestamp());

        try
        {
            return await next(context);
        }
        catch (Exception e)
        {
            AccountFor(e, field, caller, context);
            throw;
        }
    }

    private void AccountFor(Exception exception, AuditedField field, Caller caller, ResolverContext context)
    {
        var (message, code) = Explain(exception, context);
        var change = new AuditedChange(field.Action.Action, field.Action.EntityType)
        {
            Operation = field.Operation,

            // Of strangers nothing is kept that they typed.
            EntityId = caller.IsSignedIn ? field.EntityId(context.Arguments) : null,
        };
        var row = audit.Describe(caller, change, AuditOutcome.Failure, code, message[..Math.Min(message.Length, MaxMessageLength)]);
        audit.Announce(row);

        // Strangers could fill the database with rows.
        if (caller.IsSignedIn)
        {
            rows.Add(row);
        }
    }

    private static (string Message, string Code) Explain(Exception exception, ResolverContext context)
        => DomainErrorFilter.Explain(exception) ?? (exception is OperationCanceledException
            ? context.Request.CancellationToken.IsCancellationRequested
                ? ("The caller left.", "CANCELLED")
                : ("The request took too long.", ErrorCodes.Timeout)
            : ("Internal error", ErrorCodes.Internal));
}
