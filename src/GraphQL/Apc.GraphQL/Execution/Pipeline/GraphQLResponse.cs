using Apc.GraphQL.Language.Ast;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>What a transport needs to know of a response besides its bytes.</summary>
/// <param name="Kind">The result of the request.</param>
/// <param name="Operation">The kind of operation; null if none was chosen.</param>
/// <param name="HasErrors">True if the response has a member <c>errors</c>.</param>
public readonly record struct GraphQLResponse(ResponseKind Kind, OperationType? Operation, bool HasErrors);

/// <summary>
/// The result of a request. Every value except <see cref="Executed"/> is a request error: nothing was executed and <c>data</c> is absent.
/// </summary>
public enum ResponseKind
{
    /// <summary>The operation was executed; fields may have failed.</summary>
    Executed,

    /// <summary>The text is not a GraphQL document.</summary>
    ParseFailed,

    /// <summary>The document breaks a validation rule.</summary>
    ValidationFailed,

    /// <summary>The document or the operation exceeds a limit.</summary>
    LimitExceeded,

    /// <summary>The request holds no document, or its persisted query has an unsupported version or a wrong digest.</summary>
    DocumentMissing,

    /// <summary>No document has the id.</summary>
    DocumentNotFound,

    /// <summary>
    /// The persisted query is not stored, or persisted queries are switched off: the client will send the text. Not a failure, so the
    /// status is 200.
    /// </summary>
    PersistedQueryNotFound,

    /// <summary>Only trusted documents are executed, and this document is not trusted.</summary>
    DocumentNotTrusted,

    /// <summary>The caller may not use introspection.</summary>
    IntrospectionRefused,

    /// <summary>The operation is missing, unknown or ambiguous, or the schema has no root type for it.</summary>
    OperationNotFound,

    /// <summary>
    /// The operation has side effects, and the request does not allow them (<see cref="GraphQLRequest.AllowsSideEffects"/>).
    /// </summary>
    SideEffectsRefused,

    /// <summary>The variables do not fit their declarations.</summary>
    VariablesInvalid,

    /// <summary>A subscription was sent over a transport that sends only one response.</summary>
    SubscriptionRefused,

    /// <summary>The field of a subscription returned no stream: it refused the caller, or failed.</summary>
    SubscriptionFailed,
}
