using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Apc.Conformance;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;

// Answers GraphQL requests: one JSON object for each line of standard input, with the members of a request over HTTP and "style".
// The arguments are the schema's SDL and the data behind it. tests/conformance compares the answers with those of graphql-js.
if (args is not [var sdlPath, var dataPath])
{
    await Console.Error.WriteLineAsync("Usage: Apc.Conformance <schema.graphql> <data.json>");
    return 2;
}

var sdl = await File.ReadAllTextAsync(sdlPath);
using var data = JsonDocument.Parse(await File.ReadAllTextAsync(dataPath));
var executors = Enum.GetValues<ResolverStyle>().ToDictionary(
    style => style, style => new GraphQLExecutor(DataSchema.Build(sdl, new DataValues(data.RootElement), style), Limits.Raised));

using var input = new StreamReader(Console.OpenStandardInput(), new UTF8Encoding(false));
await using var output = Console.OpenStandardOutput();
using var answer = new JsonWriter();

while (await input.ReadLineAsync() is { } line)
{
    using var request = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 1_000 });
    answer.RewindTo(0);
    await executors[StyleOf(request.RootElement)].ExecuteAsync(Read(request.RootElement), new DataRequest(), answer);
    answer.WriteByte((byte)'\n');
    await output.WriteAsync(answer.WrittenMemory);
}

return 0;

static ResolverStyle StyleOf(JsonElement request)
    => request.TryGetProperty("style", out var style) ? Enum.Parse<ResolverStyle>(style.GetString()!) : ResolverStyle.Pure;

// The document stays escaped, as over HTTP: so it may hold half of a surrogate pair, which no string of JSON readers can.
static GraphQLRequest Read(JsonElement request) => new()
{
    Document = JsonMarshal.GetRawUtf8Value(request.GetProperty("query"))[1..^1].ToArray(),
    IsEscaped = true,
    OperationName = request.TryGetProperty("operationName", out var name) ? name.GetString() : null,
    Variables = request.TryGetProperty("variables", out var variables) ? JsonMarshal.GetRawUtf8Value(variables).ToArray() : default,
};
