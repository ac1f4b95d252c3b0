using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Answers at the end of a sign-in through a provider: a redirect to the page with the token, or JSON for programs.</summary>
internal static class SignInAnswers
{
    private const string Page = "/token";

    /// <summary>Sends the browser to the page with the token.</summary>
    /// <param name="redirect">The address to which the page sends the browser in the end, if it is allowed; null for none.</param>
    /// <param name="fragment">Data for the page, in a fragment, which browsers do not send to any server.</param>
    public static void RedirectToPage(this HttpContext http, string? redirect, string fragment)
    {
        var query = string.IsNullOrEmpty(redirect) ? "" : $"?rd={Uri.EscapeDataString(redirect)}";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Redirect($"{http.Request.PathBase}{Page}{query}#{fragment}");
    }

    /// <summary>Answers a refused sign-in: for browsers with the page, which explains the code, for programs with JSON.</summary>
    public static Task RefuseAsync(this HttpContext http, string? redirect, DomainException refusal)
    {
        // Browsers name this type; programs that accept any type get JSON.
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
