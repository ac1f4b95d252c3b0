using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Json;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>GraphQL over HTTP: reads the request, lets it be executed, and chooses media type and status of the answer.</summary>
/// <remarks>https://graphql.github.io/graphql-over-http/draft/</remarks>
internal sealed class GraphQLHttpHandler(GraphQLExecutor executor, GraphQLServerOptions options)
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
            _ => RequestProblem.MethodNotAllowed.WriteAsync(http.Response, mediaType),
        };
    }

    private async Task HandlePostAsync(HttpContext http, MediaType mediaType)
    {
        using var read = await RequestReader.ReadBodyAsync(http.Request, options.MaxBodyBytes);
        await AnswerAsync(http, read, mediaType);
    }

    private async Task HandleGetAsync(HttpContext http, MediaType mediaType)
    {
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

        var request = http.Request.Headers.ContainsKey(CostHeader) ? read.Request! with { ReportsCost = WantsCost(http.Request) } : read.Request!;
        var caller = await options.Authenticate(http);
        using var writer = new JsonWriter();
        var response = await executor.ExecuteAsync(request, new HttpRequestContext(http, caller), writer);

        http.Response.StatusCode = ResponseStatus.Of(response.Kind, mediaType);
        http.Response.ContentType = mediaType.ContentType;
        http.Response.ContentLength = writer.Position;

        if (response.Kind == ResponseKind.SideEffectsRefused)
        {
            http.Response.Headers.Allow = "POST";
        }

        if (response.Kind == ResponseKind.PersistedQueryNotFound)
        {
            // The same GET is answered once the query is stored.
            http.Response.Headers.CacheControl = "no-store";
        }

        await http.Response.BodyWriter.WriteAsync(writer.WrittenMemory, http.RequestAborted);
    }

    private static bool WantsCost(HttpRequest request) => request.Headers[CostHeader] == "report";
}
