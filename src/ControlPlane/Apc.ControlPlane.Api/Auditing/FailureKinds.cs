using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Failures that share a row: the same actor, action and error.</summary>
/// <param name="Who">The actor's id, or the address block of a caller without a valid token; null for any actor.</param>
/// <param name="Action">What was attempted, as <c>entity.verb</c>.</param>
/// <param name="Code">The error code that the caller got.</param>
/// <param name="Entity">What it was attempted on; null for any entity.</param>
public readonly record struct FailureKind(string? Who, string Action, string? Code, string? Entity = null);

/// <summary>Groups of failures with room of their own, so that a flood in one does not displace rows of another.</summary>
public enum FailureLane
{
    /// <summary>Refused and failed changes of permissions and of what carries them.</summary>
    Grants,

    /// <summary>All other refused and failed changes.</summary>
    Changes,

    /// <summary>Refused reads of signed-in callers.</summary>
    Reads,

    /// <summary>All refusals of callers without a valid token.</summary>
    Strangers,
}

/// <summary>The failures of one lane in their current windows, by kind. Not thread-safe; its owner locks.</summary>
/// <param name="max">Kinds with a row of their own; beyond that, all actors share one row for each action and code.</param>
internal sealed class FailureKinds(int max)
{
    // Entities for which one actor's failures get rows of their own; further ones share one row for each action and code.
    private const int MaxEntities = 20;

    // More than there are pairs of action and code.
    private const int MaxShared = 1_000;

    private readonly Dictionary<FailureKind, CountedFailure> _counted = [];
    private readonly Dictionary<string, int> _entitiesByActor = new(StringComparer.Ordinal);
    private readonly List<CountedFailure> _ended = [];

    /// <summary>Rows to be stored.</summary>
    public Queue<CountedFailure> Waiting { get; } = new();

    /// <summary>Counts a failure.</summary>
    /// <returns>The first failure of its kind, with its row; null if it was counted in an existing row, or there is no room.</returns>
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

    /// <summary>Forgets a kind whose row is lost: its next failure gets a new row.</summary>
    public void Forget(CountedFailure counted)
    {
        if (_counted.GetValueOrDefault(counted.Kind) != counted)
        {
            return;
        }

        _counted.Remove(counted.Kind);

        if (counted.Kind is { Who: { } who, Entity: not null } && --_entitiesByActor[who] == 0)
        {
            _entitiesByActor.Remove(who);
        }
    }

    /// <summary>The stored rows whose count has grown since. Forgets kinds whose window is over and whose row is up to date.</summary>
    public IEnumerable<CountedFailure> Behind(DateTimeOffset now)
    {
        _counted.Values.Where(counted => counted is { IsStored: true, IsBehind: false } && counted.IsOver(now)).ToList().ForEach(Forget);
        _ended.RemoveAll(counted => !counted.IsBehind);
        return _ended.Concat(_counted.Values).Where(counted => counted is { IsStored: true, IsBehind: true });
    }

    private CountedFailure Begin(FailureKind kind, AuditLog row, DateTimeOffset now)
    {
        if (kind is { Who: { } who, Entity: not null })
        {
            _entitiesByActor[who] = _entitiesByActor.GetValueOrDefault(who) + 1;
        }

        return _counted[kind] = new CountedFailure(this, kind, row, now);
    }
}

/// <summary>One kind in one window, and the row that stands for it.</summary>
internal sealed class CountedFailure(FailureKinds kinds, FailureKind kind, AuditLog row, DateTimeOffset firstAt)
{
    public FailureKind Kind => kind;

    public AuditLog Row => row;

    public int Count { get; private set; } = 1;

    public DateTimeOffset LastAt { get; private set; } = firstAt;

    /// <summary>The count in the database; 0 until the row is stored.</summary>
    public int StoredCount { get; set; }

    public bool IsStored => StoredCount > 0;

    public bool IsBehind => Count > StoredCount;

    public void Add(DateTimeOffset now) => (Count, LastAt) = (Count + 1, now);

    public bool IsOver(DateTimeOffset now) => now - Row.At >= FailureRows.Window;

    public void Forget() => kinds.Forget(this);
}
