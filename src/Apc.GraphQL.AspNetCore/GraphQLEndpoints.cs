using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.GraphQL.AspNetCore;

/// <summary>Puts the engine on paths of an application.</summary>
public static class GraphQLEndpoints
{
    /// <summary>
    /// Answers GraphQL requests on <paramref name="path"/>, and shows the playground there to a browser that sends no query. It stands before routing: a request
    /// on the path goes no further.
    /// </summary>
    public static IApplicationBuilder MapGraphQL(this IApplicationBuilder app, string path)
    {
        var services = app.ApplicationServices;
        var handler = new GraphQLHttpHandler(
            services.GetRequiredService<GraphQLExecutor>(), services.GetRequiredService<IOptions<GraphQLServerOptions>>().Value);
        var playground = new PlaygroundPage(path);
        var expected = new PathString(path);

        return app.Use(next => http => http.Request.Path.Equals(expected, StringComparison.Ordinal)
            ? PlaygroundPage.IsWanted(http.Request) ? playground.WriteAsync(http.Response) : handler.HandleAsync(http)
            : next(http));
    }

    /// <summary>Shows the playground for the GraphQL endpoint at <paramref name="endpoint"/> on a path of its own.</summary>
    public static IApplicationBuilder MapPlayground(this IApplicationBuilder app, string path, string endpoint)
    {
        var playground = new PlaygroundPage(endpoint);
        var expected = new PathString(path);

        return app.Use(next => http => http.Request.Path.Equals(expected, StringComparison.Ordinal) && HttpMethods.IsGet(http.Request.Method)
            ? playground.WriteAsync(http.Response)
            : next(http));
    }
}
