using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Mail;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>How many mails a recipient gets, and on whose behalf mails wait.</summary>
public sealed class MailQuota(QuotaCounter quotas)
{
    /// <summary>Counts a mail for its recipient; false where that is one too many.</summary>
    public async Task<bool> AdmitsAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        try
        {
            await quotas.SpendAsync([new QuotaUse(QuotaTable.MailByRecipient, QuotaKeys.OfName(mail.To))], cancellationToken);
            return true;
        }
        catch (QuotaExceededException)
        {
            return false;
        }
    }

    /// <summary>The sender of a caller's mails: the mails of one do not hold up those of others.</summary>
    public static string SenderOf(Caller caller) => caller.Id is { } id ? QuotaKeys.Of(id) : QuotaKeys.OfAddress(caller.Address) ?? QuotaKeys.Platform;
}
