using Apc.ControlPlane.Api.Access.Callers;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>Counts uses of the quotas of <see cref="QuotaTable"/> before the work is done, and refuses those over a limit.</summary>
/// <remarks>
/// A refusal is remembered for a second, so that a flood costs the database one statement a second for each key. A refused use is not
/// counted, so that it does not prolong the wait. All memory is bounded.
/// </remarks>
public sealed class QuotaCounter
{
    /// <summary>How long a refusal by the database is believed, unless a use is taken back before.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);

    private const int MaxRefusals = 10_000;

    // A try fails only if a concurrent use was counted instead.
    private const int MaxTries = 5;

    private static readonly TimeSpan CleanUpEvery = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<QuotaUse, (DateTimeOffset SaidAt, DateTimeOffset Until)> _refusals = [];
    private readonly Dictionary<Quota, FailureWindows> _memory;
    private readonly Dictionary<Quota, int> _limits;
    private readonly QuotaStore _store;
    private readonly QuotaMetrics _metrics;
    private readonly TimeProvider _clock;
    private DateTimeOffset _cleanUpAt;

    public QuotaCounter(QuotaStore store, QuotaMetrics metrics, IOptions<QuotaOptions> options, TimeProvider clock)
    {
        (_store, _metrics, _clock) = (store, metrics, clock);
        _limits = QuotaTable.All.ToDictionary(q => q, q => q.Limit(options.Value));
        _memory = QuotaTable.All.Where(IsInMemory).ToDictionary(q => q, q => new FailureWindows(_limits[q], q.Window));
        _cleanUpAt = clock.GetUtcNow() + CleanUpEvery;
    }

    /// <summary>Counts uses: all of them, or none if one is over its limit.</summary>
    /// <param name="caller">Gets the header <c>Retry-After</c> with a refusal; null if no caller waits.</param>
    /// <returns>The ticket to take the uses back with, if they are not to count after all.</returns>
    /// <exception cref="QuotaExceededException">One of them is over its limit.</exception>
    public async Task<QuotaTicket> SpendAsync(IReadOnlyList<QuotaUse> uses, Caller? caller, CancellationToken cancellationToken)
    {
        ThrowIfRefusedLately(uses, caller);
        QuotaUse[] inMemory = [.. uses.Where(u => IsInMemory(u.Quota))];
        QuotaUse[] shared = [.. uses.Where(u => !IsInMemory(u.Quota))];
        CountInMemory(inMemory, caller);

        try
        {
            var at = shared.Length == 0 ? default : await CountSharedAsync(shared, caller, cancellationToken);
            return new QuotaTicket(this, inMemory, shared, at);
        }
        catch
        {
            RefundInMemory(inMemory);
            throw;
        }
    }

    /// <summary>Refuses uses that are known to be over their limits without asking the database, and counts nothing.</summary>
    /// <inheritdoc cref="SpendAsync" path="/param|/exception"/>
    public void ThrowIfRefusedLately(IReadOnlyList<QuotaUse> uses, Caller? caller)
    {
        var now = _clock.GetUtcNow();

        lock (_lock)
        {
            foreach (var use in uses)
            {
                if (_refusals.TryGetValue(use, out var refusal) && refusal.Until > now && refusal.SaidAt + BelievedFor > now)
                {
                    throw Refusal(use.Quota, refusal.Until - now, caller);
                }
            }
        }
    }

    /// <summary>Whether another use of a quota in memory would be refused.</summary>
    public bool IsUsedUp(QuotaUse use)
    {
        lock (_lock)
        {
            return _memory[use.Quota].Wait(use.Key, _clock.GetUtcNow()) > TimeSpan.Zero;
        }
    }

    /// <summary>Counts a use of a quota in memory, unless it is over its limit.</summary>
    public void Count(QuotaUse use)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();

            if (_memory[use.Quota].Wait(use.Key, now) == TimeSpan.Zero)
            {
                _memory[use.Quota].Add(use.Key, now);
            }
            else
            {
                _metrics.Refused(use.Quota);
            }
        }
    }

    internal async Task RefundAsync(QuotaUse[] inMemory, QuotaUse[] shared, DateTimeOffset at, CancellationToken cancellationToken)
    {
        RefundInMemory(inMemory);

        if (shared.Length > 0)
        {
            await _store.RefundAsync(shared, at, cancellationToken);

            lock (_lock)
            {
                Array.ForEach(shared, use => _refusals.Remove(use));
            }
        }
    }

    private static bool IsInMemory(Quota quota) => quota.Scope is QuotaScope.Memory;

    private void CountInMemory(QuotaUse[] uses, Caller? caller)
    {
        lock (_lock)
        {
            var now = _clock.GetUtcNow();

            foreach (var use in uses)
            {
                if (_memory[use.Quota].Wait(use.Key, now) is var wait && wait > TimeSpan.Zero)
                {
                    throw Refusal(use.Quota, wait, caller);
                }
            }

            Array.ForEach(uses, use => _memory[use.Quota].Add(use.Key, now));
        }
    }

    private void RefundInMemory(QuotaUse[] uses)
    {
        lock (_lock)
        {
            Array.ForEach(uses, use => _memory[use.Quota].RemoveNewest(use.Key));
        }
    }

    private async Task<DateTimeOffset> CountSharedAsync(QuotaUse[] uses, Caller? caller, CancellationToken cancellationToken)
    {
        await CleanUpAsync(cancellationToken);

        for (var i = 0; i < MaxTries; i++)
        {
            var count = await _store.SpendAsync(uses, q => _limits[q], cancellationToken);

            if (count.IsCounted)
            {
                return count.At;
            }

            if (count.Waits.Count > 0)
            {
                throw Remember(uses, count, caller);
            }
        }

        throw Refusal(uses[0].Quota, BelievedFor, caller);
    }

    private QuotaExceededException Remember(QuotaUse[] uses, QuotaCount count, Caller? caller)
    {
        var now = _clock.GetUtcNow();
        var longest = uses.MaxBy(WaitOf);

        lock (_lock)
        {
            if (_refusals.Count + uses.Length > MaxRefusals)
            {
                _refusals.Clear();
            }

            foreach (var use in uses.Where(u => WaitOf(u) > TimeSpan.Zero))
            {
                _refusals[use] = (now, now + WaitOf(use));
            }
        }

        return Refusal(longest.Quota, WaitOf(longest), caller);

        TimeSpan WaitOf(QuotaUse use) => count.Waits.GetValueOrDefault((use.Quota.Name, use.Key));
    }

    private QuotaExceededException Refusal(Quota quota, TimeSpan wait, Caller? caller)
    {
        _metrics.Refused(quota);
        var refusal = new QuotaExceededException(quota, wait);
        caller?.AskToWait(refusal.RetryAfter);
        return refusal;
    }

    private async Task CleanUpAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_clock.GetUtcNow() < _cleanUpAt)
            {
                return;
            }

            _cleanUpAt = _clock.GetUtcNow() + CleanUpEvery;
        }

        await _store.CleanUpAsync(cancellationToken);
    }
}

/// <summary>Uses that were counted.</summary>
public sealed class QuotaTicket(QuotaCounter counter, QuotaUse[] inMemory, QuotaUse[] shared, DateTimeOffset at)
{
    public Task RefundAsync(CancellationToken cancellationToken) => counter.RefundAsync(inMemory, shared, at, cancellationToken);
}
