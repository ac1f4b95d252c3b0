using Apc.GraphQL.Errors;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>A document that has been parsed and validated: its operations, or the response that rejects it.</summary>
internal sealed class PreparedDocument
{
    private long _bytes;

    private PreparedDocument(IReadOnlyList<PreparedOperation> operations, RejectedDocument? rejection, long bytes)
    {
        Operations = operations;
        Rejection = rejection;
        _bytes = bytes;
    }

    /// <summary>Raised with the change of <see cref="Bytes"/>, positive or negative, when an operation keeps a plan.</summary>
    public event Action<long>? Grown;

    /// <summary>Empty for a rejected document.</summary>
    public IReadOnlyList<PreparedOperation> Operations { get; }

    /// <summary>Null for a document that can be executed.</summary>
    public RejectedDocument? Rejection { get; }

    /// <summary>Memory of the document and of the plans that its operations keep, in bytes, estimated.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    public static PreparedDocument Accepted(IReadOnlyList<PreparedOperation> operations, long bytes)
    {
        var document = new PreparedDocument(operations, null, bytes);

        foreach (var operation in operations)
        {
            operation.Grown = document.Grow;
        }

        return document;
    }

    public static PreparedDocument Rejected(RequestRefusal refusal)
    {
        using var writer = new JsonWriter();
        refusal.WriteTo(writer);
        var response = writer.WrittenSpan.ToArray();
        var plain = response;

        if (refusal.Errors.Any(e => e.SuggestionLength > 0))
        {
            writer.RewindTo(0);
            refusal.WriteTo(writer, suggests: false);
            plain = writer.WrittenSpan.ToArray();
        }

        var bytes = ReferenceEquals(plain, response) ? response.Length : response.Length + plain.Length;
        return new([], new RejectedDocument(refusal.Kind, response, plain), bytes);
    }

    /// <summary>Adds to <see cref="Bytes"/>; a negative number if a smaller plan replaces a larger one.</summary>
    public void Grow(long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Grown?.Invoke(bytes);
    }

    /// <summary>GetOperation: the operation of this name, or null with the refusal.</summary>
    /// <remarks>https://spec.graphql.org/September2025/#GetOperation()</remarks>
    public PreparedOperation? Select(string? name, out RequestRefusal? refusal)
    {
        refusal = null;

        if (!string.IsNullOrEmpty(name))
        {
            foreach (var operation in Operations)
            {
                if (operation.Name == name)
                {
                    return operation;
                }
            }

            refusal = NotFound($"Unknown operation named \"{name}\".");
            return null;
        }

        if (Operations.Count == 1)
        {
            return Operations[0];
        }

        refusal = NotFound(Operations.Count == 0
            ? "Must provide an operation."
            : "Must provide operation name if query contains multiple operations.");
        return null;
    }

    private static RequestRefusal NotFound(string message)
        => RequestRefusal.Of(ResponseKind.OperationNotFound, ErrorCodes.OperationResolutionFailure, message);
}

/// <summary>A document that cannot be executed, with the complete response.</summary>
/// <param name="Kind">The reason.</param>
/// <param name="Response">The response for callers who may see the schema.</param>
/// <param name="PlainResponse">The response for other callers, without suggested names. The same array if there are none.</param>
internal sealed record RejectedDocument(ResponseKind Kind, byte[] Response, byte[] PlainResponse);
