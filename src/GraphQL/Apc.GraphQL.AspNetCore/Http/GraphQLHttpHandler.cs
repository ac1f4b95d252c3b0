using Apc.GraphQL.AspNetCore.EventStream;
using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>GraphQL over HTTP: reads the request, executes it, and chooses the media type and status of the response.</summary>
/// <remarks>https://graphql.github.io/graphql-over-http/draft/</remarks>
internal sealed class GraphQLHttpHandler(GraphQLExecutor executor, GraphQLServerOptions options, EventStreamHandler eventStreams)
{
    private const string CostHeader = "GraphQL-Cost";

    public Task HandleAsync(HttpContext http)
    {
        if (MediaType.Choose(http.Request.Headers.Accept) is not { } mediaType)
        {
            return RequestProblem.NotAcceptable.WriteAsync(http.Response, MediaType.Json);
        }

        return http.Request.Method switch
        {
            "POST" => HandlePostAsync(http, mediaType),
            "GET" => HandleGetAsync(http, mediaType),

            // RFC 9110 section 9.3.2: as GET, but the server sends no body. An event stream would not end.
            "HEAD" => HandleGetAsync(http, mediaType == MediaType.EventStream ? MediaType.Json : mediaType),
            _ => RequestProblem.MethodNotAllowed.WriteAsync(http.Response, mediaType),
        };
    }

    private async Task HandlePostAsync(HttpContext http, MediaType mediaType)
    {
        using var read = await RequestReader.ReadBodyAsync(http.Request, options);
        await AnswerAsync(http, read, mediaType);
    }

    private async Task HandleGetAsync(HttpContext http, MediaType mediaType)
    {
        // A response in a cache depends on these headers too.
        http.Response.Headers.Vary = "Accept, Accept-Encoding, Authorization";
        using var read = RequestReader.ReadQuery(http.Request);
        await AnswerAsync(http, read, mediaType);
    }

    private async Task AnswerAsync(HttpContext http, ReadRequest read, MediaType mediaType)
    {
        if (read.Problem is { } problem)
        {
            await problem.WriteAsync(http.Response, mediaType);
            return;
        }

        var request = http.Request.Headers.ContainsKey(CostHeader)
            ? read.Request! with { ReportsCost = WantsCost(http.Request) }
            : read.Request!;
        var caller = await options.Authenticate(http);

        if (ReferenceEquals(mediaType, MediaType.EventStream))
        {
            await eventStreams.AnswerAsync(http, request, caller);
            return;
        }

        using var writer = new JsonWriter();
        var response = await executor.ExecuteAsync(request, new HttpRequestContext(http, caller, options.Authenticate), writer);

        if (response.Kind == ResponseKind.SubscriptionRefused)
        {
            await (MediaType.AcceptsEventStream(http.Request.Headers.Accept) && !HttpMethods.IsHead(http.Request.Method)
                ? eventStreams.AnswerAsync(http, request, caller)
                : RequestProblem.SubscriptionRefused.WriteAsync(http.Response, mediaType));
            return;
        }

        await WriteAsync(http, response, writer.WrittenMemory, mediaType);
    }

    private Task WriteAsync(HttpContext http, GraphQLResponse response, ReadOnlyMemory<byte> json, MediaType mediaType)
    {
        http.Response.StatusCode = ResponseStatus.Of(response.Kind, mediaType);
        http.Response.ContentType = mediaType.ContentType;

        if (response.Kind == ResponseKind.SideEffectsRefused)
        {
            http.Response.Headers.Allow = "POST";
        }

        if (response.Kind == ResponseKind.PersistedQueryNotFound)
        {
            // The same GET has another result after the query is stored.
            http.Response.Headers.CacheControl = "no-store";
        }

        if (json.Length >= options.CompressionThreshold
            && ContentCoding.Choose(http.Request.Headers.AcceptEncoding) is { } coding)
        {
            return coding.WriteAsync(http.Response, json);
        }

        http.Response.ContentLength = json.Length;
        var written = http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
        return written.IsCompletedSuccessfully ? Task.CompletedTask : written.AsTask();
    }

    private static bool WantsCost(HttpRequest request) => request.Headers[CostHeader] == "report";
}
