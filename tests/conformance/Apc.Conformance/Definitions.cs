using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Apc.GraphQL.Errors;
using Apc.GraphQL.Language;
using Apc.GraphQL.Sdl;
using Apc.GraphQL.Types;

namespace Apc.Conformance;

/// <summary>
/// Judges type definitions: one JSON object for each line of standard input, with <c>text</c> and perhaps <c>extension</c>, a text that extends the
/// schema of the first. Answers with what is wrong with the texts, else with the schema's breaches and the schema as it is printed.
/// </summary>
internal static class Definitions
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task AnswerAsync()
    {
        using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
        await using var output = new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(false));

        while (await input.ReadLineAsync() is { } line)
        {
            using var request = JsonDocument.Parse(line);
            var text = request.RootElement.GetProperty("text").GetString()!;
            var extension = request.RootElement.TryGetProperty("extension", out var given) ? given.GetString() : null;
            await output.WriteAsync(JsonSerializer.Serialize(Judge(text, extension), Plain) + '\n');
        }
    }

    private static object Judge(string text, string? extension)
    {
        try
        {
            var document = GraphQLParser.Parse(new Source(text));
            var extending = extension is null ? null : GraphQLParser.Parse(new Source(extension));

            if (SdlValidator.Validate(document) is { Count: > 0 } errors)
            {
                return Refused(errors);
            }

            var schema = SdlSchemaBuilder.From(document);

            if (extending is null)
            {
                return Built(schema);
            }

            return SdlValidator.Validate(extending, schema) is { Count: > 0 } misfits
                ? Refused(misfits)
                : Built(SdlSchemaBuilder.Extend(schema, extending));
        }
        catch (SyntaxErrorException e)
        {
            return Refused([GraphQLError.From(e)]);
        }
    }

    private static object Refused(IReadOnlyList<GraphQLError> errors) => new
    {
        errors = errors.Select(e => new { message = e.Message, locations = e.Locations.Select(l => new { line = l.Line, column = l.Column }) }),
    };

    private static object Built(Schema schema) => new { breaches = SchemaValidator.Validate(schema), printed = SchemaPrinter.Print(schema) };
}
