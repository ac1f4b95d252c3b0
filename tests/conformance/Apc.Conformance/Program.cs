using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Apc.Conformance;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;

// Answers GraphQL requests: one JSON object for each line of standard input, with the members of a request over HTTP and "style".
// The arguments are the schema's SDL and the data behind it. tests/conformance compares the answers with those of graphql-js.
if (args is ["definitions"])
{
    await Definitions.AnswerAsync();
    return 0;
}

if (args is not [var sdlPath, var dataPath])
{
    await Console.Error.WriteLineAsync("Usage: Apc.Conformance <schema.graphql> <data.json> | definitions");
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
    await AnswerAsync(executors[StyleOf(request.RootElement)], Read(request.RootElement), answer);
    answer.WriteByte((byte)'\n');
    await output.WriteAsync(answer.WrittenMemory);
}

return 0;

// One response; the list of all responses where the request subscribes.
static async Task AnswerAsync(GraphQLExecutor executor, GraphQLRequest request, JsonWriter answer)
{
    var subscribed = await executor.SubscribeAsync(request, new DataRequest(), answer);

    if (subscribed.Stream is not { } stream)
    {
        return;
    }

    await using var open = stream;
    var separator = (byte)'[';
    var more = true;

    while (more)
    {
        var start = answer.Position;
        answer.WriteByte(separator);
        more = await stream.MoveNextAsync(answer);
        answer.RewindTo(more ? answer.Position : start);
        separator = (byte)',';
    }

    answer.WriteRaw(answer.Position == 0 ? "[]"u8 : "]"u8);
}

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
