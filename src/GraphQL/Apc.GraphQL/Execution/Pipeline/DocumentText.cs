using System.Text;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>Turns the bytes of a document into its text.</summary>
internal static class DocumentText
{
    /// <summary>
    /// The text; bytes that are not UTF-8 become U+FFFD. Half a surrogate pair, which a JSON escape can express, is kept: the lexer refuses
    /// it with its location.
    /// </summary>
    public static string Decode(GraphQLRequest request)
    {
        var bytes = request.Document.Span;
        return request.IsEscaped && bytes.Contains((byte)'\\') ? JsonStrings.Unescape(bytes) : Encoding.UTF8.GetString(bytes);
    }
}
