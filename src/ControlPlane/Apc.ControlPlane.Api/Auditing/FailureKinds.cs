using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>The failures of one lane in the present windows, by kind. Not safe for threads; its owner locks.</summary>
/// <param name="max">Kinds with a row of their own; beyond, all actors share one for each action and code.</param>
internal sealed class FailureKinds(int max)
{
    /// <summary>Things on which one actor may fail with a row for each; those beyond share one for each action and code.</summary>
    public const int MaxEntities = 20;

    // There are fewer actions with fewer codes each.
    private const int MaxShared = 1_000;

    private readonly Dictionary<FailureKind, CountedFailure> _counted = [];
    private readonly Dictionary<string, int> _entitiesByActor = new(StringComparer.Ordinal);
    private readonly List<CountedFailure> _ended = [];

    /// <summary>Kinds that are remembered.</summary>
    public int Count => _counted.Count;

    /// <summary>Counts a failure.</summary>
    /// <returns>The kind with its row where it is the first of it; null where there is such a row already, or no room for one.</returns>
    public CountedFailure? Add(FailureKind kind, DateTimeOffset now, Func<AuditLog> describe)
    {
        if (_counted.TryGetValue(kind, out var counted))
        {
            if (!counted.IsOver(now))
            {
                counted.Add(now);
                return null;
            }

            Forget(counted);

            if (counted.IsBehind && _ended.Count < max)
            {
                _ended.Add(counted);
            }
        }

        if (kind.Who is null)
        {
            return _counted.Count < max + MaxShared ? Begin(kind, describe(), now) : null;
        }

        if (_counted.Count >= max)
        {
            return Add(new FailureKind(null, kind.Action, kind.Code), now, () => describe().ForMany(ofOneActor: false));
        }

        if (kind.Entity is not null && _entitiesByActor.GetValueOrDefault(kind.Who) >= MaxEntities)
        {
            return Add(kind with { Entity = null }, now, () => describe().ForMany(ofOneActor: true));
        }

        return Begin(kind, describe(), now);
    }

    /// <summary>Forgets a kind whose row is lost: its next failure makes another.</summary>
    public void Forget(CountedFailure counted)
    {
        if (!_counted.TryGetValue(counted.Kind, out var present) || present != counted)
        {
            return;
        }

        _counted.Remove(counted.Kind);

        if (counted.Kind is { Who: { } who, Entity: not null } && --_entitiesByActor[who] == 0)
        {
            _entitiesByActor.Remove(who);
        }
    }

    /// <summary>The stored rows whose count has grown since. Kinds whose window is over, and whose row has it all, are forgotten.</summary>
    public List<CountedFailure> Behind(DateTimeOffset now)
    {
        foreach (var over in _counted.Values.Where(counted => counted is { IsStored: true, IsBehind: false } && counted.IsOver(now)).ToList())
        {
            Forget(over);
        }

        _ended.RemoveAll(counted => !counted.IsBehind);
        return [.. _ended.Where(counted => counted.IsStored), .. _counted.Values.Where(counted => counted is { IsStored: true, IsBehind: true })];
    }

    private CountedFailure Begin(FailureKind kind, AuditLog row, DateTimeOffset now)
    {
        var counted = new CountedFailure(kind, row, now);
        _counted[kind] = counted;

        if (kind is { Who: { } who, Entity: not null })
        {
            _entitiesByActor[who] = _entitiesByActor.GetValueOrDefault(who) + 1;
        }

        return counted;
    }
}

/// <summary>One kind in one window, and the row that stands for it.</summary>
internal sealed class CountedFailure(FailureKind kind, AuditLog row, DateTimeOffset firstAt)
{
    public FailureKind Kind { get; } = kind;

    public AuditLog Row { get; } = row;

    public int Count { get; private set; } = 1;

    public DateTimeOffset LastAt { get; private set; } = firstAt;

    /// <summary>The count that the row has in the database; 0 while it is not there.</summary>
    public int StoredCount { get; set; }

    public bool IsStored => StoredCount > 0;

    public bool IsBehind => Count > StoredCount;

    public void Add(DateTimeOffset now)
    {
        Count++;
        LastAt = now;
    }

    public bool IsOver(DateTimeOffset now) => now - Row.At >= FailureRows.Window;
}
