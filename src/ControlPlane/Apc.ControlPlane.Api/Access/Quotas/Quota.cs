using System.Runtime.CompilerServices;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>A row of <see cref="QuotaTable"/>: how often something may happen within a time, counted by what.</summary>
/// <param name="Name">Its name: what is counted, then <c>-by-</c> and by what. Rows with the same beginning are spent together.</param>
/// <param name="CountedBy">By what is counted, for the documentation.</param>
/// <param name="Limit">How often, by the settings.</param>
/// <param name="Window">How long each time counts.</param>
/// <param name="Scope">Who counts.</param>
/// <param name="Code">The code of the refusal.</param>
/// <param name="Text">What the refusal says before it names the seconds to wait.</param>
/// <param name="Setting">The expression of <paramref name="Limit"/>, for the documentation.</param>
public sealed record Quota(
    string Name,
    string CountedBy,
    Func<QuotaOptions, int> Limit,
    TimeSpan Window,
    QuotaScope Scope,
    string Code,
    string Text,
    [CallerArgumentExpression(nameof(Limit))] string Setting = "");

/// <summary>Who counts.</summary>
public enum QuotaScope
{
    /// <summary>Each replica for itself, in bounded memory.</summary>
    Memory,

    /// <summary>All replicas together, in the database and by its time.</summary>
    Shared,
}

/// <summary>One thing that happens, under one quota.</summary>
/// <param name="Quota">The quota.</param>
/// <param name="Key">Whose window it is; see <see cref="QuotaKeys"/>.</param>
public readonly record struct QuotaUse(Quota Quota, string Key);
