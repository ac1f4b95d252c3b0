using Apc.GraphQL.Execution.Pipeline;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore;

/// <summary>How the engine is offered over the wire.</summary>
public sealed class GraphQLServerOptions
{
    /// <summary>Largest request body, in bytes. 1 MB unless set.</summary>
    public int MaxBodyBytes { get; set; } = 1_000_000;

    /// <summary>How requests are executed.</summary>
    public GraphQLExecutorOptions Execution { get; set; } = new();

    /// <summary>Finds out who asks; what it returns is <c>RequestContext.Caller</c>. Nobody unless set.</summary>
    public Func<HttpContext, ValueTask<object?>> Authenticate { get; set; } = _ => new ValueTask<object?>((object?)null);
}
