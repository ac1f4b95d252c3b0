using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.SignIn.Pages;
using Apc.ControlPlane.Domain.Users;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>The mails with links, and the addresses of the links.</summary>
public sealed class LinkMails(IOptions<PlatformOptions> platform)
{
    /// <summary>The address of a link. Browsers do not send the token behind the <c>#</c>, so it is in no log of a proxy.</summary>
    /// <param name="origin">The address of the service, used if none is configured.</param>
    public string Url(string? origin, UserLinkPurpose purpose, OneTimeToken token)
    {
        var action = purpose is UserLinkPurpose.ConfirmEmail ? "confirm" : "reset";
        return $"{platform.Value.Address() ?? origin}{AccountPage.Path}#{action}={token.Text}";
    }

    /// <summary>Asks a new user to confirm their address.</summary>
    public OutgoingMail Confirmation(string to, UserLink link, OneTimeToken token) => new(
        to,
        $"Confirm your email address",
        $"""
         Hello,

         somebody signed up to the data platform at {Platform} with this address.

         If it was you, open this link to confirm it and sign in:

         {new MailLink(Url(null, link.Purpose, token))}

         The link can be used once, until {link.ExpiresAt}. If it was not you, ignore this mail; nobody can sign in without it.
         """);

    /// <summary>Lets a user choose a new password.</summary>
    public OutgoingMail Reset(string to, UserLink link, OneTimeToken token) => new(
        to,
        $"Choose a new password",
        $"""
         Hello,

         somebody asked for a new password for your account on the data platform at {Platform}.

         If it was you, open this link to choose one:

         {new MailLink(Url(null, link.Purpose, token))}

         The link can be used once, until {link.ExpiresAt}. Your sessions end when you use it. If it was not you, ignore this mail; your password stays as it is.
         """);

    /// <summary>
    /// Tells the owner of an address that it was used for a sign-up although it belongs to a user. Only the mail says so.
    /// </summary>
    public OutgoingMail AlreadyKnown(string to) => new(
        to,
        $"You have an account already",
        $"""
         Hello,

         somebody tried to sign up to the data platform at {Platform} with this address, which belongs to an account already.

         If it was you, sign in with it, or ask for a new password if you forgot yours. If it was not you, ignore this mail; nothing has changed.
         """);

    /// <summary>Tells a person who signed up that another user has the user name. Only the mail says so.</summary>
    public OutgoingMail UsernameTaken(string to) => new(
        to,
        $"Choose another user name",
        $"""
         Hello,

         somebody tried to sign up to the data platform at {Platform} with this address. No account was made, because the user name belongs to somebody else.

         If it was you, sign up again with another user name, or without one. If it was not you, ignore this mail; nothing has changed.
         """);

    private MailLink Platform => new(platform.Value.Address()!);
}
