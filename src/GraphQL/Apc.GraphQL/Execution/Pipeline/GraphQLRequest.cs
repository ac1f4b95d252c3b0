using System.Text;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>One request as received. All memory must stay unchanged until the execution has completed.</summary>
public sealed record GraphQLRequest
{
    /// <summary>
    /// The document's UTF-8 bytes without quotes, still escaped if <see cref="IsEscaped"/> is true. Empty if the request names the document
    /// only by an id.
    /// </summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// True if <see cref="Document"/> is the content of a JSON string as it stands in the request's body. A cached document is found by
    /// these bytes and is not unescaped again.
    /// </summary>
    public bool IsEscaped { get; init; }

    /// <summary>
    /// The id of the document, as <c>sha256:</c> and 64 hexadecimal digits or the digits alone; null if the request names none.
    /// </summary>
    /// <remarks>
    /// https://github.com/graphql/graphql-over-http/blob/persisted-documents/spec/Appendix%20A%20--%20Persisted%20Documents.md
    /// </remarks>
    public string? DocumentId { get; init; }

    /// <summary>The operation to run; null or empty if the document has only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>The variables as the text of a JSON object; empty or <c>null</c> if there are none.</summary>
    public ReadOnlyMemory<byte> Variables { get; init; }

    /// <summary>The request's extensions as JSON text; empty if there are none. The engine reads <c>persistedQuery</c>.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }

    /// <summary>
    /// False for a request that must not change anything, such as a GET: then a mutation or a query with side effects is refused.
    /// </summary>
    public bool AllowsSideEffects { get; init; } = true;

    /// <summary>True to return the price of the operation in <c>extensions.cost</c>.</summary>
    public bool ReportsCost { get; init; }

    /// <summary>A request for a document text, with variables as the text of a JSON object.</summary>
    public static GraphQLRequest For(string document, string? variables = null, string? operationName = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Variables = variables is null ? default : Encoding.UTF8.GetBytes(variables),
        OperationName = operationName,
    };
}
