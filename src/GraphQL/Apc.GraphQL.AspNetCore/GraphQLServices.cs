using Apc.GraphQL.Execution.Pipeline;
using Apc.GraphQL.Types;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.GraphQL.AspNetCore;

/// <summary>Adds the engine to an application.</summary>
public static class GraphQLServices
{
    /// <summary>Adds the engine for a schema, which is made once. <see cref="GraphQLEndpoints.MapGraphQL"/> maps it to a path.</summary>
    public static IServiceCollection AddGraphQLServer(
        this IServiceCollection services, Func<IServiceProvider, Schema> schema, Action<GraphQLServerOptions>? configure = null)
    {
        var options = services.AddOptions<GraphQLServerOptions>();

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.AddSingleton(provider => new OpenConnections(provider.GetRequiredService<IOptions<GraphQLServerOptions>>().Value));
        return services.AddSingleton(provider => new GraphQLExecutor(
            schema(provider), provider.GetRequiredService<IOptions<GraphQLServerOptions>>().Value.Execution));
    }
}
