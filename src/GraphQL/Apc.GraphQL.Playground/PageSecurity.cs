using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.Playground;

/// <summary>The security headers of pages for users.</summary>
public static class PageSecurity
{
    /// <summary>The common part of the policies: only what a page lists is allowed, and no other page may show it in a frame.</summary>
    private const string Common = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of a page, a script or a worker.</summary>
    /// <param name="response">A response that has not started.</param>
    /// <param name="allowed">Directives of the Content-Security-Policy for what the page needs, such as <c>script-src 'self'</c>.</param>
    public static void Apply(HttpResponse response, string allowed)
    {
        response.Headers.ContentSecurityPolicy = $"{Common}; {allowed}";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
