using Apc.GraphQL.Json;
using Apc.GraphQL.Types;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.GraphQL.Execution.Pipeline;

/// <summary>Text in, response out: finds or makes the document's plan, coerces variables, resolves and writes. Safe for many threads.</summary>
public sealed class GraphQLExecutor(Schema schema, GraphQLExecutorOptions? options = null)
{
    private readonly GraphQLExecutorOptions _options = options ?? new();

    /// <summary>The schema that requests are executed against.</summary>
    public Schema Schema { get; } = schema;

    /// <summary>
    /// Answers one request with one JSON object appended to <paramref name="writer"/>. Failures of the request or of fields are part of the response.
    /// </summary>
    /// <exception cref="OperationCanceledException">The caller left (<see cref="RequestContext.CancellationToken"/>); what was written is no response.</exception>
    public ValueTask<GraphQLResponse> ExecuteAsync(GraphQLRequest request, RequestContext context, JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(writer);
        throw new NotImplementedException($"{_options.Timeout}");
    }
}
