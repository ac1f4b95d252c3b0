using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Mails a link with which a user can choose a new password.</summary>
public sealed class ForgotPassword(IDbContextFactory<ControlPlaneDbContext> contexts, UserLinks links, LinkMails texts, RequestedMails mails)
{
    /// <summary>Queues the mail to the user with this address.</summary>
    /// <inheritdoc cref="RequestedMails.SendAsync" path="/exception"/>
    public Task RunAsync(string email, Caller caller, CancellationToken cancellationToken)
        => mails.SendAsync(token => WriteAsync(email, token), caller, cancellationToken);

    private async Task<OutgoingMail?> WriteAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Only a verified address counts: otherwise its owner could take over the user of a stranger who signed up with it.
        if (await db.FindKnownUserIdByEmailAsync(email, cancellationToken) is not { } id)
        {
            return null;
        }

        // A user who signs in through a provider has no password and gets none this way; a user made by an admin chooses the first one here.
        var mayReset = await db.Users.AnyAsync(
            u => u.Id == id && u.Status == UserStatus.Active && (u.PasswordHash != null || !db.UserIdentities.Any(i => i.UserId == id)), cancellationToken);

        if (!mayReset || await links.AddMailedAsync(db, id, UserLinkPurpose.ResetPassword, cancellationToken) is not var (token, link))
        {
            return null;
        }

        // To the stored address, not to the text that the caller sent.
        var address = await db.Emails.AsNoTracking().SingleAsync(e => e.UserId == id && e.Primary, cancellationToken);
        return texts.Reset(address.Address, link, token);
    }
}
