using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Which windows of which quotas an act falls into.</summary>
public static class QuotaUses
{
    /// <summary>Those of the caller's network address; none where there is no address.</summary>
    public static IEnumerable<QuotaUse> OfAddress(Caller caller, Quota byAddress, Quota byNetwork)
    {
        if (QuotaKeys.OfAddress(caller.Address) is { } address)
        {
            yield return new QuotaUse(byAddress, address);
            yield return new QuotaUse(byNetwork, QuotaKeys.OfNetwork(caller.Address)!);
        }
    }

    /// <summary>Those of a mail that the caller asks for: the caller's own, or those of the address of a caller without a token.</summary>
    public static IReadOnlyList<QuotaUse> OfMail(Caller caller) => caller.Id is { } id
        ? [new QuotaUse(QuotaTable.MailByCaller, QuotaKeys.Of(id))]
        : [.. OfAddress(caller, QuotaTable.MailByAddress, QuotaTable.MailByNetwork)];

    /// <summary>Those of a public sign-up.</summary>
    public static IReadOnlyList<QuotaUse> OfSignUp(Caller caller) =>
    [
        .. OfAddress(caller, QuotaTable.SignUpByAddress, QuotaTable.SignUpByNetwork),
        new QuotaUse(QuotaTable.SignUpByPlatform, QuotaKeys.Platform),
    ];
}
