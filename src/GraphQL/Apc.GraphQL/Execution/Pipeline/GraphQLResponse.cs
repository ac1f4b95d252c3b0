using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>What a transport must know of a response besides its bytes.</summary>
/// <param name="Kind">How far the request came.</param>
/// <param name="Operation">The kind of operation; null where none was chosen.</param>
/// <param name="HasErrors">True where the response has a member <c>errors</c>.</param>
public readonly record struct GraphQLResponse(ResponseKind Kind, OperationType? Operation, bool HasErrors);

/// <summary>
/// How far a request came. Everything but <see cref="Executed"/> is a request error: nothing was executed and <c>data</c> is absent.
/// </summary>
public enum ResponseKind
{
    /// <summary>The operation was executed; fields may have failed.</summary>
    Executed,

    /// <summary>The text is no document.</summary>
    ParseFailed,

    /// <summary>The document breaks a rule.</summary>
    ValidationFailed,

    /// <summary>The document or the operation is over a limit.</summary>
    LimitExceeded,

    /// <summary>The request holds no document, or names one in a way that is not understood.</summary>
    DocumentMissing,

    /// <summary>The id is that of no document that is known here.</summary>
    DocumentNotFound,

    /// <summary>A client's persisted query is not stored here, or none are: it will send the text. Not a failure, so the status is 200.</summary>
    PersistedQueryNotFound,

    /// <summary>Only trusted documents are executed, and this is none.</summary>
    DocumentNotTrusted,

    /// <summary>Introspection is not for this caller.</summary>
    IntrospectionRefused,

    /// <summary>The operation is missing, unknown or ambiguous, or of a kind that the schema does not have.</summary>
    OperationNotFound,

    /// <summary>The operation changes something, and the request may not (see <see cref="GraphQLRequest.AllowsSideEffects"/>).</summary>
    SideEffectsRefused,

    /// <summary>The variables do not fit their declarations.</summary>
    VariablesInvalid,

    /// <summary>A subscription came over a transport that answers once.</summary>
    SubscriptionRefused,

    /// <summary>The field of a subscription gave no stream: it refused the caller, or failed.</summary>
    SubscriptionFailed,
}
