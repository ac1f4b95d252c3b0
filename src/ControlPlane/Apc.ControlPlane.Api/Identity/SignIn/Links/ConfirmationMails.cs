using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Mails with which new users show that they read their address.</summary>
public sealed class ConfirmationMails(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    UserLinks links,
    LinkMails texts,
    MailQueue mails,
    RequestedMails requested,
    IOptions<SignupOptions> signups)
{
    /// <summary>Whether new users have to confirm their address.</summary>
    public bool IsRequired => !signups.Value.VouchesForAddresses();

    /// <summary>Queues a link to a new user. If no mail can be sent, a System Admin vouches for the address instead.</summary>
    public void SendTo(User user, Caller caller)
        => mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteAsync(user.Id, token));

    /// <summary>
    /// Queues a mail that tells the reader of an address, and no other, that a sign-up made no user: the address has one already, who is sent
    /// another link if they are pending, or another user has the name.
    /// </summary>
    public void Explain(string address, Caller caller)
        => mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteExplanationAsync(address, token));

    /// <summary>Queues another link to the pending user with this address.</summary>
    /// <inheritdoc cref="RequestedMails.SendAsync" path="/exception"/>
    public Task ResendAsync(string email, Caller caller, CancellationToken cancellationToken)
        => requested.SendAsync(token => WriteAsync(email, token), caller, cancellationToken);

    private async Task<OutgoingMail?> WriteAsync(string email, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.FindUserIdByEmailAsync(email, cancellationToken) is { } id ? await WriteAsync(id, cancellationToken) : null;
    }

    private async Task<OutgoingMail?> WriteExplanationAsync(string address, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        if (await db.FindUserIdByEmailAsync(address, cancellationToken) is not { } id)
        {
            return texts.UsernameTaken(address);
        }

        return await db.Users.AnyAsync(u => u.Id == id && u.Status == UserStatus.Pending, cancellationToken)
            ? await WriteAsync(id, cancellationToken)
            : texts.AlreadyKnown(address);
    }

    private async Task<OutgoingMail?> WriteAsync(Guid userId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var isPending = await db.Users.AnyAsync(u => u.Id == userId && u.Status == UserStatus.Pending, cancellationToken);

        if (!isPending || await links.AddMailedAsync(db, userId, UserLinkPurpose.ConfirmEmail, cancellationToken) is not var (token, link))
        {
            return null;
        }

        var email = await db.Emails.AsNoTracking().SingleAsync(e => e.UserId == userId && e.Primary, cancellationToken);
        return texts.Confirmation(email.Address, link, token);
    }
}
