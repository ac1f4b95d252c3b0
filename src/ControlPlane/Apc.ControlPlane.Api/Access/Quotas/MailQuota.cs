using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Mail;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Limits the mails to one recipient, and names the sender of mails that wait.</summary>
public sealed class MailQuota(QuotaCounter quotas)
{
    /// <summary>Counts a mail for its recipient; false if it is over the limit.</summary>
    public async Task<bool> AdmitsAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await quotas.SpendAsync([new QuotaUse(QuotaTable.MailByRecipient, QuotaKeys.OfName(mail.To))], caller: null, cancellationToken);
            return true;
        }
        catch (QuotaExceededException)
        {
            return false;
        }
    }

    /// <summary>The sender in the queue of mails: the mails of one sender do not hold up those of others.</summary>
    public static string SenderOf(Caller caller)
        => caller.Id is { } id ? QuotaKeys.Of(id) : QuotaKeys.OfAddress(caller.Address) ?? QuotaKeys.Platform;
}
