using System.Globalization;
using Apc.ControlPlane.Api.Features.Users.Pages;
using Apc.ControlPlane.Api.Mail;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Features.Invitations;

/// <summary>The mail by which somebody is invited.</summary>
internal static class InvitationMail
{
    /// <param name="invitation">What it is about.</param>
    /// <param name="workspace">The workspace, where it is to one.</param>
    /// <param name="token">The token in the link.</param>
    /// <param name="address">The address of the service.</param>
    public static OutgoingMail Write(Invitation invitation, InvitedWorkspace? workspace, OneTimeToken token, string address)
    {
        var what = workspace is null ? "the data platform" : $"the workspace \"{workspace.Label}\" of the data platform";

        return new OutgoingMail(
            invitation.Email,
            "You are invited to the data platform",
            $"""
             Hello,

             you are invited to {what} at {address}.

             Open this link to choose a password and sign in:

             {address}{AccountPage.Path}#invite={token.Text}&email={Uri.EscapeDataString(invitation.Email)}

             The link can be used once, until {invitation.ExpiresAt.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture)} UTC. If you did not expect it, ignore this mail.
             """);
    }
}
