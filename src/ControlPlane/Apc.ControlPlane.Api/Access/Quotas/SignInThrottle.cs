using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>
/// Slows guessing down. An attempt counts as a failure from its start, so that parallel guesses are counted while passwords are being
/// checked.
/// </summary>
public sealed class SignInThrottle(QuotaCounter quotas, KnownAddresses known)
{
    /// <summary>Refuses an address that is known to have to wait, before anything is looked up.</summary>
    /// <exception cref="QuotaExceededException">Too many attempts from there failed.</exception>
    public void ThrowIfRefusedLately(Caller caller) => quotas.ThrowIfRefusedLately([.. OfAddress(caller)], caller);

    /// <summary>Begins an attempt without a user name, as with the token of a link: only the address counts.</summary>
    /// <exception cref="QuotaExceededException">Too many attempts failed.</exception>
    public Task<QuotaTicket> BeginAsync(Caller caller, CancellationToken cancellationToken)
        => quotas.SpendAsync([.. OfAddress(caller)], caller, cancellationToken);

    /// <summary>Begins an attempt with a password.</summary>
    /// <param name="identity">User name or address as given; counted only if it belongs to no user.</param>
    /// <param name="userId">The user to whom it belongs, who has one window for all names; null for an unknown one.</param>
    /// <returns>To be refunded when the attempt succeeds. Earlier failures, which may be another person's, still count.</returns>
    /// <exception cref="QuotaExceededException">Too many attempts failed.</exception>
    public async Task<QuotaTicket> BeginAsync(string identity, Guid? userId, Caller caller, CancellationToken cancellationToken)
    {
        var address = QuotaKeys.OfAddress(caller.Address);

        // Looked up for unknown names too, so that the response time does not reveal them.
        var isKnown = address is not null && await known.ContainsAsync(userId ?? Guid.Empty, address, cancellationToken);
        QuotaUse own = userId is not { } id ? new(QuotaTable.SignInByIdentity, QuotaKeys.OfName(identity))
            : isKnown ? new(QuotaTable.SignInByKnownAddress, $"{QuotaKeys.Of(id)} {address}")
            : new(QuotaTable.SignInByAccount, QuotaKeys.Of(id));

        return await quotas.SpendAsync([own, .. OfAddress(caller)], caller, cancellationToken);
    }

    private static IEnumerable<QuotaUse> OfAddress(Caller caller)
        => QuotaUses.OfAddress(caller, QuotaTable.SignInByAddress, QuotaTable.SignInByNetwork);
}
