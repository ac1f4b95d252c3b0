namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>A document that clients may name by the SHA-256 of its text.</summary>
/// <param name="Name">The name in messages, such as the name of its file.</param>
/// <param name="Text">The text as UTF-8, byte by byte as its SHA-256 was computed.</param>
public sealed record TrustedDocument(string Name, ReadOnlyMemory<byte> Text);

/// <summary>Trusted documents that cannot be executed. The message lists the errors of each.</summary>
public sealed class TrustedDocumentException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>A sentence for each error, with the name of the document.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
