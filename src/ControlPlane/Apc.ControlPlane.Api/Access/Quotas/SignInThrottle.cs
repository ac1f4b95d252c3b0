using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Slows guessing down. An attempt counts as a failure from its start, so that parallel guesses do not slip through while passwords are being checked.</summary>
public sealed class SignInThrottle(QuotaCounter quotas, KnownAddresses known)
{
    /// <summary>Refuses an address of which is known already that it has to wait, before anything is looked up for it.</summary>
    /// <exception cref="QuotaExceededException">Too many attempts from there failed.</exception>
    public void ThrowIfRefusedLately(Caller caller) => quotas.ThrowIfRefusedLately([.. OfAddress(caller)], caller);

    /// <summary>Begins an attempt that names nobody, as with the token of a link: only the address counts.</summary>
    /// <exception cref="QuotaExceededException">Too many attempts failed.</exception>
    public Task<QuotaTicket> BeginAsync(Caller caller, CancellationToken cancellationToken)
        => quotas.SpendAsync([.. OfAddress(caller)], caller, cancellationToken);

    /// <summary>Begins an attempt with a password.</summary>
    /// <param name="identity">User name or address as given; it counts where it belongs to nobody.</param>
    /// <param name="userId">The user whom it means, who has one window whichever name was given; null for nobody.</param>
    /// <param name="caller">Where the attempt comes from.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <returns>To be refunded when the attempt succeeds; earlier failures, which may be a stranger's, still count.</returns>
    /// <exception cref="QuotaExceededException">Too many attempts failed.</exception>
    public async Task<QuotaTicket> BeginAsync(string identity, Guid? userId, Caller caller, CancellationToken cancellationToken)
    {
        var address = QuotaKeys.OfAddress(caller.Address);

        // Asked for names that belong to nobody, too, so that they take as long.
        var isKnown = address is not null && await known.ContainsAsync(userId ?? Guid.Empty, address, cancellationToken);
        QuotaUse own = userId is not { } id ? new(QuotaTable.SignInByIdentity, QuotaKeys.OfName(identity))
            : isKnown ? new(QuotaTable.SignInByKnownAddress, $"{QuotaKeys.Of(id)} {address}")
            : new(QuotaTable.SignInByAccount, QuotaKeys.Of(id));

        return await quotas.SpendAsync([own, .. OfAddress(caller)], caller, cancellationToken);
    }

    private static IEnumerable<QuotaUse> OfAddress(Caller caller) => QuotaUses.OfAddress(caller, QuotaTable.SignInByAddress, QuotaTable.SignInByNetwork);
}
