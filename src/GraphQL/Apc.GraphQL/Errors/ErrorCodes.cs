namespace Apc.GraphQL.Errors;

/// <summary>Values of <c>extensions.code</c> in errors of the engine.</summary>
public static class ErrorCodes
{
    /// <summary>The text is not a GraphQL document.</summary>
    public const string ParseFailed = "GRAPHQL_PARSE_FAILED";

    /// <summary>The document breaks a validation rule (specification, chapter 5).</summary>
    public const string ValidationFailed = "GRAPHQL_VALIDATION_FAILED";

    /// <summary>The request itself is unusable: no such operation, a variable that cannot be coerced.</summary>
    public const string BadUserInput = "BAD_USER_INPUT";

    /// <summary>The request is not a GraphQL request.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>No document has the id.</summary>
    public const string DocumentNotFound = "DOCUMENT_NOT_FOUND";

    /// <summary>Only trusted documents are executed, and this document is not trusted.</summary>
    public const string DocumentNotTrusted = "DOCUMENT_NOT_TRUSTED";

    /// <summary>The persisted query is not stored: the client must send its text.</summary>
    public const string PersistedQueryNotFound = "PERSISTED_QUERY_NOT_FOUND";

    /// <summary>Persisted queries are switched off: the client must send texts.</summary>
    public const string PersistedQueryNotSupported = "PERSISTED_QUERY_NOT_SUPPORTED";

    /// <summary>The named operation is missing, unknown or ambiguous.</summary>
    public const string OperationResolutionFailure = "OPERATION_RESOLUTION_FAILURE";

    /// <summary>The request exceeds a limit.</summary>
    public const string LimitExceeded = "LIMIT_EXCEEDED";

    /// <summary>Introspection is switched off for this caller.</summary>
    public const string IntrospectionDisabled = "INTROSPECTION_DISABLED";

    /// <summary>The request took longer than allowed and was cancelled.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>A fault of the service, masked for the caller.</summary>
    public const string Internal = "INTERNAL_SERVER_ERROR";
}
