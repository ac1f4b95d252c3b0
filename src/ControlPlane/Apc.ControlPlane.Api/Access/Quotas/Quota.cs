using System.Runtime.CompilerServices;
using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>A row of <see cref="QuotaTable"/>: how often something may happen within a time, counted by what.</summary>
/// <param name="Name">What is counted, then <c>-by-</c> and by what. Rows with the same beginning are spent together.</param>
/// <param name="CountedBy">By what is counted, for the documentation.</param>
/// <param name="Limit">How often, by the settings.</param>
/// <param name="Window">How long each use counts.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Text">The message of the refusal, without the seconds to wait.</param>
/// <param name="Setting">The expression of <paramref name="Limit"/>, for the documentation.</param>
public sealed record Quota(
    string Name,
    string CountedBy,
    Func<QuotaOptions, int> Limit,
    TimeSpan Window,
    string Code,
    string Text,
    QuotaScope Scope = QuotaScope.Shared,
    [CallerArgumentExpression(nameof(Limit))] string Setting = "");

/// <summary>Which replicas count together.</summary>
public enum QuotaScope
{
    /// <summary>All, in the database and by its time.</summary>
    Shared,

    /// <summary>Each replica for itself, in bounded memory.</summary>
    Memory,
}

/// <summary>One use of one quota.</summary>
/// <param name="Key">Identifies the window; see <see cref="QuotaKeys"/>.</param>
public readonly record struct QuotaUse(Quota Quota, string Key);

/// <summary>The uses that an operation counts as.</summary>
public static class QuotaUses
{
    /// <summary>Those of the caller's network address; none if there is no address.</summary>
    public static IEnumerable<QuotaUse> OfAddress(Caller caller, Quota byAddress, Quota byNetwork)
        => QuotaKeys.OfAddress(caller.Address) is { } address
            ? [new(byAddress, address), new(byNetwork, QuotaKeys.OfNetwork(caller.Address)!)]
            : [];

    /// <summary>Those of a mail that the caller requests: by the caller, or by the address of a caller without a token.</summary>
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
