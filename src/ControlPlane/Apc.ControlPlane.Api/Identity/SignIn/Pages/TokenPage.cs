namespace Apc.ControlPlane.Api.Identity.SignIn.Pages;

/// <summary>The page where a person signs in and copies a token. It keeps the token nowhere.</summary>
public static class TokenPage
{
    /// <summary>Shows the page at <paramref name="path"/>; the endpoint is <c>v1</c> and the playground <c>playground</c> beside it.</summary>
    public static void MapTokenPage(this IApplicationBuilder app, string path) => app.MapPage(path, "token");
}
