using System.Text.Json;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>Finds the members of a request in its JSON body without copying them: they are slices of the body.</summary>
/// <remarks>https://graphql.github.io/graphql-over-http/draft/#sec-Request-Parameters</remarks>
internal static class RequestEnvelope
{
    private static readonly JsonReaderOptions Reading = new() { MaxDepth = 64 };

    /// <summary>The request in the body; null with the reason if the body is not a request.</summary>
    public static GraphQLRequest? Read(ReadOnlyMemory<byte> body, out string problem)
    {
        if (body.IsEmpty)
        {
            problem = "The body is empty: send a JSON object with the member 'query'.";
            return null;
        }

        try
        {
            return ReadObject(body, out problem);
        }
        catch (JsonException exception)
        {
            problem = $"The body is not valid JSON: line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.";
            return null;
        }
    }

    /// <summary>Whether the text is one JSON object, or null.</summary>
    public static bool IsObjectOrNull(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json, Reading);
            reader.Read();
            var fits = reader.TokenType is JsonTokenType.StartObject or JsonTokenType.Null;
            reader.Skip();
            return fits && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static GraphQLRequest? ReadObject(ReadOnlyMemory<byte> body, out string problem)
    {
        var reader = new Utf8JsonReader(WithoutByteOrderMark(ref body), Reading);

        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            problem = reader.TokenType == JsonTokenType.StartArray
                ? "Batches of requests are not accepted: send one request as a JSON object."
                : "The body must be a JSON object with the member 'query'.";
            return null;
        }

        ReadOnlyMemory<byte>? document = null;
        var isEscaped = false;
        string? documentId = null;
        string? operationName = null;
        ReadOnlyMemory<byte> variables = default;
        ReadOnlyMemory<byte> extensions = default;

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (JsonStrings.TextIs(in reader, "query"u8))
            {
                reader.Read();

                if (reader.TokenType == JsonTokenType.String)
                {
                    document = body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);
                    isEscaped = reader.ValueIsEscaped;
                }
                else if (reader.TokenType != JsonTokenType.Null)
                {
                    problem = $"The member 'query' must be a string, but is {NameOf(reader.TokenType)}.";
                    return null;
                }
            }
            else if (JsonStrings.TextIs(in reader, "operationName"u8))
            {
                if (!TryReadText(ref reader, "operationName", out operationName, out problem))
                {
                    return null;
                }
            }
            else if (JsonStrings.TextIs(in reader, "documentId"u8))
            {
                if (!TryReadText(ref reader, "documentId", out documentId, out problem))
                {
                    return null;
                }
            }
            else if (JsonStrings.TextIs(in reader, "variables"u8))
            {
                if (!TryReadObject(ref reader, body, "variables", out variables, out problem))
                {
                    return null;
                }
            }
            else if (JsonStrings.TextIs(in reader, "extensions"u8))
            {
                if (!TryReadObject(ref reader, body, "extensions", out extensions, out problem))
                {
                    return null;
                }
            }
            else
            {
                reader.Skip();
            }
        }

        if (reader.Read())
        {
            problem = "The body has more than one JSON value.";
            return null;
        }

        // The document may also be named in the extensions, which the engine reads.
        if (document is null && documentId is null && extensions.IsEmpty)
        {
            problem = "The member 'query' is missing: it holds the GraphQL document.";
            return null;
        }

        problem = "";
        return new GraphQLRequest
        {
            Document = document ?? default,
            IsEscaped = isEscaped,
            DocumentId = documentId,
            OperationName = operationName,
            Variables = variables,
            Extensions = extensions,
        };
    }

    private static bool TryReadText(ref Utf8JsonReader reader, string name, out string? value, out string problem)
    {
        reader.Read();
        value = reader.TokenType == JsonTokenType.String ? JsonStrings.Unescape(reader.ValueSpan) : null;
        problem = reader.TokenType is JsonTokenType.String or JsonTokenType.Null
            ? ""
            : $"The member '{name}' must be a string or null, but is {NameOf(reader.TokenType)}.";
        return problem.Length == 0;
    }

    private static bool TryReadObject(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, string name, out ReadOnlyMemory<byte> value, out string problem)
    {
        reader.Read();
        value = default;
        problem = "";

        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return true;
            case JsonTokenType.StartObject:
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                value = body[start..(int)reader.BytesConsumed];
                return true;
            default:
                problem = $"The member '{name}' must be an object or null, but is {NameOf(reader.TokenType)}.";
                return false;
        }
    }

    private static ReadOnlySpan<byte> WithoutByteOrderMark(ref ReadOnlyMemory<byte> body)
    {
        if (body.Span.StartsWith("\uFEFF"u8))
        {
            body = body[3..];
        }

        return body.Span;
    }

    private static string NameOf(JsonTokenType type) => type switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a truth value",
        JsonTokenType.String => "a string",
        _ => "null",
    };
}
