using Apc.GraphQL.Types.Resolvers;
using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.AspNetCore.Http;

/// <summary>A GraphQL request as it came over HTTP. The scope of its services is made by ASP.NET Core at their first use.</summary>
internal sealed class HttpRequestContext(HttpContext http, object? caller, Func<HttpContext, ValueTask<object?>> authenticate) : RequestContext
{
    private volatile object? _caller = caller;

    public override IServiceProvider Services => http.RequestServices;

    public override object? Caller => _caller;

    public override CancellationToken CancellationToken => http.RequestAborted;

    public override async ValueTask<object?> ReauthenticateAsync() => _caller = await authenticate(http);
}
