using Apc.GraphQL.AspNetCore.EventStream;
using Apc.GraphQL.AspNetCore.Http;
using Apc.GraphQL.AspNetCore.Playground;
using Apc.GraphQL.AspNetCore.WebSockets;
using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Apc.GraphQL.AspNetCore;

/// <summary>Maps the engine to paths of an application.</summary>
public static class GraphQLEndpoints
{
    /// <summary>
    /// Answers GraphQL requests on <paramref name="path"/> over HTTP, event streams and WebSockets, and shows the playground there to a
    /// browser that sends no query. It runs before routing: requests on the path do not reach later middleware.
    /// </summary>
    public static IApplicationBuilder MapGraphQL(this IApplicationBuilder app, string path)
    {
        var services = app.ApplicationServices;
        var executor = services.GetRequiredService<GraphQLExecutor>();
        var options = services.GetRequiredService<IOptions<GraphQLServerOptions>>().Value;
        var connections = services.GetRequiredService<OpenConnections>();
        var eventStreams = new EventStreamHandler(executor, options, connections, StoppingOf(services));
        var handler = new GraphQLHttpHandler(executor, options, eventStreams);
        var webSockets = BuildWebSockets(app);
        var playground = new PlaygroundPage(path, path, options.Playground);
        return app.Use(next => http => IsAt(http.Request.Path, path)
            ? GraphQLWebSocketHandler.IsWanted(http) ? webSockets(http)
                : PlaygroundPage.IsWanted(http.Request) ? playground.WriteAsync(http)
                : handler.HandleAsync(http)
            : playground.FindFile(http.Request) is { } file ? PlaygroundPage.WriteAsync(http, file) : next(http));
    }

    /// <summary>Answers GraphQL requests over WebSockets on a separate path, which answers nothing else.</summary>
    public static IApplicationBuilder MapGraphQLWebSocket(this IApplicationBuilder app, string path)
    {
        var webSockets = BuildWebSockets(app);

        return app.Use(next => http => IsAt(http.Request.Path, path) ? webSockets(http) : next(http));
    }

    /// <summary>Shows the playground for the GraphQL endpoint at <paramref name="endpoint"/> on a separate path.</summary>
    public static IApplicationBuilder MapPlayground(this IApplicationBuilder app, string path, string endpoint)
    {
        var playground = new PlaygroundPage(
            path, endpoint, app.ApplicationServices.GetRequiredService<IOptions<GraphQLServerOptions>>().Value.Playground);

        return app.Use(next => http => IsAt(http.Request.Path, path)
            ? playground.WriteAsync(http)
            : playground.FindFile(http.Request) is { } file ? PlaygroundPage.WriteAsync(http, file) : next(http));
    }

    /// <summary>Whether a request is for this path, with or without a slash at its end.</summary>
    private static bool IsAt(PathString requested, string path)
        => requested.Value is { } value
            && (value.Length == path.Length || (value.Length == path.Length + 1 && value[^1] == '/'))
            && value.StartsWith(path, StringComparison.Ordinal);

    /// <summary>A separate pipeline, so that the middleware runs only for WebSocket requests.</summary>
    private static RequestDelegate BuildWebSockets(IApplicationBuilder app)
    {
        var services = app.ApplicationServices;
        var options = services.GetRequiredService<IOptions<GraphQLServerOptions>>().Value;
        var handler = new GraphQLWebSocketHandler(
            services.GetRequiredService<GraphQLExecutor>(),
            options,
            services.GetRequiredService<OpenConnections>(),
            services.GetRequiredService<ILoggerFactory>().CreateLogger<GraphQLWebSocketHandler>(),
            StoppingOf(services));

        var pipeline = app.New();
        pipeline.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = options.KeepAlive,
            KeepAliveTimeout = options.KeepAlive,
        });
        pipeline.Run(handler.HandleAsync);
        return pipeline.Build();
    }

    private static CancellationToken StoppingOf(IServiceProvider services)
        => services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
}
