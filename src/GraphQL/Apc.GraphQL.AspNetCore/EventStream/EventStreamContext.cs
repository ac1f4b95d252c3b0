using Apc.GraphQL.AspNetCore.Http;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>A GraphQL request that is answered with an event stream. Its token is also cancelled when the application stops.</summary>
internal sealed class EventStreamContext(
    HttpContext http,
    object? caller,
    Func<HttpContext, ValueTask<object?>> authenticate,
    CancellationToken cancellationToken) : HttpRequestContext(http, caller, authenticate)
{
    public override CancellationToken CancellationToken => cancellationToken;
}
