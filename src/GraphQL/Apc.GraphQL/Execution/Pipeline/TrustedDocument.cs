namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>A document that clients may name by the SHA-256 of its text.</summary>
/// <param name="Name">What messages call it, such as the name of its file.</param>
/// <param name="Text">The text as UTF-8, exactly as its id was made from it.</param>
public sealed record TrustedDocument(string Name, ReadOnlyMemory<byte> Text);

/// <summary>Trusted documents that cannot be executed. The message says of each what is wrong.</summary>
public sealed class TrustedDocumentException(IReadOnlyList<string> problems) : Exception(string.Join('\n', problems))
{
    /// <summary>A sentence for each document: its name, and its first error.</summary>
    public IReadOnlyList<string> Problems { get; } = problems;
}
