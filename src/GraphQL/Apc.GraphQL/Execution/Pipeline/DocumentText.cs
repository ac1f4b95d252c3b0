using System.Text;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>Turns the bytes of a document into its text.</summary>
internal static class DocumentText
{
    /// <summary>
    /// The text; bytes that are no UTF-8 become U+FFFD. Half a surrogate pair, which JSON can spell, is kept for the lexer to refuse at
    /// its place.
    /// </summary>
    public static string Decode(GraphQLRequest request)
    {
        var bytes = request.Document.Span;
        return request.IsEscaped && bytes.Contains((byte)'\\') ? JsonStrings.Unescape(bytes) : Encoding.UTF8.GetString(bytes);
    }
}
