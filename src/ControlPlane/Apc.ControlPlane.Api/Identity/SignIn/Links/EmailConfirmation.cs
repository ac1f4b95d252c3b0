using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Finds out that a new user reads their address.</summary>
public sealed class EmailConfirmation(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    UserLinks links,
    LinkMails texts,
    MailQueue mails,
    QuotaCounter quotas,
    UserSignIn signIn,
    IOptions<SignupOptions> signups,
    TimeProvider clock)
{
    private static readonly Permission SeeUsers = Permission.Named(Permissions.UsersGet);

    /// <summary>Whether new users have to.</summary>
    public bool IsRequired => !signups.Value.VouchesForAddresses();

    /// <summary>Sends a link to a new user. Where no mail can be sent, a System Admin vouches for the address instead.</summary>
    public void SendTo(User user, Caller caller) => mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteAsync(user.Id, token));

    /// <summary>
    /// Tells the reader of an address, and nobody else, that a sign-up made no user: because the address has one already, who is sent another link if they
    /// wait for one, or because somebody else has the user name.
    /// </summary>
    public void Explain(string address, Caller caller) => mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteExplanationAsync(address, token));

    /// <summary>Sends another link. What happens is the same whether or not there is such a user who waits for one.</summary>
    /// <exception cref="MailUnavailableException">The platform sends no mails.</exception>
    /// <exception cref="MailBusyException">Too many mails wait.</exception>
    /// <exception cref="QuotaExceededException">The caller asked for too many mails.</exception>
    public async Task SendAgainAsync(string email, Caller caller, CancellationToken cancellationToken)
    {
        mails.RequireAvailable();
        await quotas.SpendAsync(QuotaUses.OfMail(caller), caller, cancellationToken);

        if (!mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), token => WriteAsync(email, token)))
        {
            throw new MailBusyException();
        }
    }

    /// <summary>Confirms the address with the token of a link, and begins a session.</summary>
    /// <exception cref="LinkInvalidException">The token cannot be used.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<UserSession> ConfirmAsync(string token, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        var link = await FindAsync(token, caller, cancellationToken);

        // Nobody has signed in yet: it is the user of the link who acts.
        var user = await changes.RunAsync(caller, [Locks.Users], async change =>
        {
            await UserLinks.TakeAsync(change.Db, link, cancellationToken);
            var owner = await change.Db.Users.SingleAsync(u => u.Id == link.UserId, cancellationToken);
            Confirm(change, owner, await change.Db.Emails.SingleAsync(e => e.UserId == owner.Id && e.Primary, cancellationToken));
            return owner;
        }, cancellationToken);
        return await signIn.BeginAsync(user, "confirmEmail", lifetime, caller, cancellationToken);
    }

    /// <summary>Vouches for an address. An address that is confirmed already stays so.</summary>
    /// <exception cref="UserNotFoundException">Nobody has the address, and the caller may see who is a user; for others nothing happens.</exception>
    public Task VerifyAsync(string address, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Users], async change =>
        {
            if (await change.Db.FindUserIdByEmailAsync(address, cancellationToken) is not { } id)
            {
                return caller.Permissions.Holds(SeeUsers) ? throw new UserNotFoundException() : false;
            }

            var user = await change.Db.Users.SingleAsync(u => u.Id == id, cancellationToken);
            var emails = await change.Db.Emails.Where(e => e.UserId == id).ToListAsync(cancellationToken);
            var email = emails.Single(e => e.AddressKey == NameKey.Of(address.Trim()));

            if (email is { Verified: true, Vouched: false } && user.Status is UserStatus.Active)
            {
                return false;
            }

            Confirm(change, user, email);
            await UserLinks.ForgetAsync(change.Db, id, UserLinkPurpose.ConfirmEmail, cancellationToken);
            return true;
        }, cancellationToken);

    private async Task<UserLink> FindAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await links.FindAsync(db, token, UserLinkPurpose.ConfirmEmail, caller, cancellationToken);
    }

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

    private void Confirm(Change change, User user, Email email)
    {
        var now = clock.GetUtcNow();
        user.Status = UserStatus.Active;
        user.UpdatedAt = now;
        (email.Verified, email.Vouched) = (true, false);
        email.UpdatedAt = now;
        change.Audit(new AuditedChange("user.verifyEmail", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { Email = email.Address, email.Verified },
        });
    }
}
