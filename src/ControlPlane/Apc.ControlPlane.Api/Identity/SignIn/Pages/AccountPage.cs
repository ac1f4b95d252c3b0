namespace Apc.ControlPlane.Api.Identity.SignIn.Pages;

/// <summary>
/// The page to which links in mails lead: it confirms an address, sets a new password, or makes the user who was invited. Without a link it asks for
/// one, for people who forgot their password. It keeps nothing.
/// </summary>
public static class AccountPage
{
    /// <summary>Where the page is.</summary>
    public const string Path = "/account";

    /// <summary>Shows the page; the endpoint is <c>v1</c> and the page of tokens <c>token</c> beside it.</summary>
    public static void MapAccountPage(this IApplicationBuilder app) => app.MapPage(Path, "account");
}
