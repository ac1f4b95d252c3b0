using Apc.GraphQL.Types.Resolvers;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.EventStream;

/// <summary>A GraphQL request that is answered with an event stream, and may outlive what is known of its caller.</summary>
internal sealed class EventStreamContext(
    HttpContext http, object? caller, Func<HttpContext, ValueTask<object?>> authenticate, CancellationToken cancellationToken) : RequestContext
{
    private volatile object? _caller = caller;

    public override IServiceProvider Services => http.RequestServices;

    public override object? Caller => _caller;

    public override CancellationToken CancellationToken => cancellationToken;

    public override async ValueTask<object?> ReauthenticateAsync() => _caller = await authenticate(http);
}
