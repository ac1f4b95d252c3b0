using System.Text;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>One request as it came over the wire. All memory must stay unchanged until the execution has completed.</summary>
public sealed record GraphQLRequest
{
    /// <summary>
    /// The document's UTF-8 bytes: without the quotes, and still escaped where <see cref="IsEscaped"/> says so. Empty where only an id names the
    /// document.
    /// </summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>
    /// True where <see cref="Document"/> is the inside of a JSON string as it stands in the request's body. A document that was seen before
    /// is found by these bytes and never unescaped.
    /// </summary>
    public bool IsEscaped { get; init; }

    /// <summary>
    /// The id of the document, as <c>sha256:</c> and 64 hexadecimal digits or the digits alone; null where the request names none.
    /// </summary>
    /// <remarks>https://github.com/graphql/graphql-over-http/blob/persisted-documents/spec/Appendix%20A%20--%20Persisted%20Documents.md</remarks>
    public string? DocumentId { get; init; }

    /// <summary>The operation to run; null where the document has only one. An empty name counts as none.</summary>
    public string? OperationName { get; init; }

    /// <summary>The variables as the text of a JSON object; empty or <c>null</c> where there are none.</summary>
    public ReadOnlyMemory<byte> Variables { get; init; }

    /// <summary>The request's extensions as JSON text; empty where there are none. The engine reads <c>persistedQuery</c>.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }

    /// <summary>
    /// False for a request that must change nothing, such as a GET: a mutation or a query with side effects is then refused.
    /// </summary>
    public bool AllowsSideEffects { get; init; } = true;

    /// <summary>True to have the price of the operation in <c>extensions.cost</c>.</summary>
    public bool ReportsCost { get; init; }

    /// <summary>A request for a document at hand.</summary>
    public static GraphQLRequest For(string document, string? variables = null, string? operationName = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Variables = variables is null ? default : Encoding.UTF8.GetBytes(variables),
        OperationName = operationName,
    };
}
