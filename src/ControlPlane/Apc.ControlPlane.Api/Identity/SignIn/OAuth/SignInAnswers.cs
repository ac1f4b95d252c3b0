using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>How a sign-in through a provider ends: on the page with the token, or for programs with JSON.</summary>
internal static class SignInAnswers
{
    private const string Page = "/token";

    /// <summary>Sends the browser to the page. What stands in the fragment stays in the browser.</summary>
    /// <param name="http">The request.</param>
    /// <param name="redirect">Where the page shall lead in the end, if allowed; null for nowhere.</param>
    /// <param name="fragment">What the page is told.</param>
    public static void RedirectToPage(this HttpContext http, string? redirect, string fragment)
    {
        var query = string.IsNullOrEmpty(redirect) ? "" : $"?rd={Uri.EscapeDataString(redirect)}";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{http.Request.PathBase}{Page}{query}#{fragment}");
    }

    /// <summary>Tells a person on the page, and a program in JSON, why they are not signed in.</summary>
    public static Task RefuseAsync(this HttpContext http, string? redirect, DomainException refusal)
    {
        // Browsers name the type; a program that takes anything gets what it can read.
        if (http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            http.RedirectToPage(redirect, $"problem={refusal.Code}");
            return Task.CompletedTask;
        }

        return http.WriteErrorAsync(StatusOf(refusal), refusal);
    }

    private static int StatusOf(DomainException refusal) => refusal switch
    {
        ProviderFailedException => StatusCodes.Status502BadGateway,
        SignInUnavailableException => StatusCodes.Status503ServiceUnavailable,
        ProviderNotFoundException => StatusCodes.Status404NotFound,
        _ => StatusCodes.Status400BadRequest,
    };
}
