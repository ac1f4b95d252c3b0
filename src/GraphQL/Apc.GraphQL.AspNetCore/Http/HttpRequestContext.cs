using Apc.GraphQL.Types.Resolvers;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A GraphQL request over HTTP. ASP.NET Core creates the scope of its services at the first use.</summary>
internal class HttpRequestContext(HttpContext http, object? caller, Func<HttpContext, ValueTask<object?>> authenticate)
    : RequestContext
{
    private volatile object? _caller = caller;

    public override IServiceProvider Services => http.RequestServices;

    public override object? Caller => _caller;

    public override CancellationToken CancellationToken => http.RequestAborted;

    public override async ValueTask<object?> ReauthenticateAsync() => _caller = await authenticate(http);
}
