using System.Globalization;
using Apc.ControlPlane.Api.Features.Platform;
using Apc.ControlPlane.Api.Features.Users.Pages;
using Apc.ControlPlane.Api.Mail;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Users;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Users.Links;

/// <summary>Links as people get them, and the mails around them.</summary>
public sealed class LinkMails(IOptions<PlatformOptions> platform)
{
    /// <summary>The address in a link. The token stands behind the <c>#</c>, which browsers send to nobody, so that it is in no log of a proxy.</summary>
    /// <param name="origin">The address of the service where none is configured.</param>
    /// <param name="purpose">What the link is for.</param>
    /// <param name="token">Its token.</param>
    public string Url(string? origin, UserLinkPurpose purpose, OneTimeToken token)
        => $"{platform.Value.Address() ?? origin}{AccountPage.Path}#{(purpose is UserLinkPurpose.ConfirmEmail ? "confirm" : "reset")}={token.Text}";

    /// <summary>Asks a new user to confirm their address.</summary>
    public OutgoingMail Confirmation(string to, UserLink link, OneTimeToken token) => new(
        to,
        "Confirm your email address",
        $"""
         Hello,

         somebody signed up to the data platform at {platform.Value.Address()} with this address.

         If it was you, open this link to confirm it and sign in:

         {Url(null, link.Purpose, token)}

         The link can be used once, until {Until(link)}. If it was not you, ignore this mail; nobody can sign in without it.
         """);

    /// <summary>Lets a user choose a new password.</summary>
    public OutgoingMail Reset(string to, UserLink link, OneTimeToken token) => new(
        to,
        "Choose a new password",
        $"""
         Hello,

         somebody asked for a new password for your account on the data platform at {platform.Value.Address()}.

         If it was you, open this link to choose one:

         {Url(null, link.Purpose, token)}

         The link can be used once, until {Until(link)}. Your sessions end when you use it. If it was not you, ignore this mail; your password stays as it is.
         """);

    private static string Until(UserLink link) => $"{link.ExpiresAt.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC";
}
