using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Common.Mail;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Mails that callers ask for without a token. The answer is the same whether or not a mail is written.</summary>
public sealed class RequestedMails(MailQueue mails, QuotaCounter quotas)
{
    /// <summary>Queues a mail. It is written later: looking for the user now would show in the time of the answer whether there is one.</summary>
    /// <param name="write">Writes the mail; returns null if there is nothing to send.</param>
    /// <param name="caller">Who asks for it.</param>
    /// <exception cref="MailUnavailableException">The platform sends no mails.</exception>
    /// <exception cref="MailBusyException">Too many mails wait.</exception>
    /// <exception cref="QuotaExceededException">The caller asked for too many mails.</exception>
    public async Task SendAsync(Func<CancellationToken, Task<OutgoingMail?>> write, Caller caller, CancellationToken cancellationToken)
    {
        mails.RequireAvailable();
        await quotas.SpendAsync(QuotaUses.OfMail(caller), caller, cancellationToken);

        if (!mails.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(caller), write))
        {
            throw new MailBusyException();
        }
    }
}
