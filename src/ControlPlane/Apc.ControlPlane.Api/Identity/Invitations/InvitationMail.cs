using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.SignIn.Pages;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>The mail with an invitation.</summary>
public static class InvitationMail
{
    /// <param name="workspace">The workspace; null for an invitation to the platform alone.</param>
    public static OutgoingMail Write(Invitation invitation, InvitedWorkspace? workspace, OneTimeToken token, string address)
    {
        var link = new MailLink($"{address}{AccountPage.Path}#invite={token.Text}&email={Uri.EscapeDataString(invitation.Email)}");
        var platform = new MailLink(address);

        return workspace is null
            ? new OutgoingMail(
                invitation.Email,
                $"You are invited to the data platform",
                $"""
                 Hello,

                 you are invited to the data platform at {platform}.

                 Open this link to accept, and to choose a password if you have no account yet:

                 {link}

                 The link can be used once, until {invitation.ExpiresAt}. If you did not expect it, ignore this mail.
                 """)
            : new OutgoingMail(
                invitation.Email,
                $"You are invited to the data platform",
                $"""
                 Hello,

                 you are invited to the workspace "{workspace.Label}" of the data platform at {platform}.

                 Open this link to accept, and to choose a password if you have no account yet:

                 {link}

                 The link can be used once, until {invitation.ExpiresAt}. If you did not expect it, ignore this mail.
                 """);
    }
}
