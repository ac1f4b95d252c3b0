using Microsoft.AspNetCore.Http;

namespace Apc.GraphQL.Playground;

/// <summary>What every page for people says to the browser about safety.</summary>
public static class PageSecurity
{
    /// <summary>The part of a policy that all pages have: nothing is allowed that the page does not list, and nobody shows it in a frame.</summary>
    private const string Common = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>Sets the headers of a page, a script or a worker.</summary>
    /// <param name="response">Not begun yet.</param>
    /// <param name="allowed">Directives of the Content-Security-Policy that allow what the page needs, such as <c>script-src 'self'</c>.</param>
    public static void Apply(HttpResponse response, string allowed)
    {
        response.Headers.ContentSecurityPolicy = $"{Common}; {allowed}";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
