namespace Apc.ControlPlane.Api.Fleet.DataPlane;

/// <summary>One probe's place among those that run: fast at first, slow after a while, none while it pauses.</summary>
public sealed class ProbeSlot : IDisposable
{
    // How often a slow probe asks again for a slow place where all are taken.
    private static readonly TimeSpan RetryMove = TimeSpan.FromMilliseconds(250);

    private readonly ProbeSlots _slots;
    private readonly ITimer? _timer;
    private readonly long _entered;
    private bool _hasLeft;
    private int _place;

    private ProbeSlot(ProbeSlots slots, int place)
    {
        _slots = slots;
        _place = place;

        if (place == Place.Fast)
        {
            _entered = slots.Clock.GetTimestamp();
            _timer = slots.Clock.CreateTimer(
                static slot => ((ProbeSlot)slot!).MoveToSlow(), this, slots.SlowAfter, RetryMove);
        }
    }

    /// <summary>For a fast place that was waited for.</summary>
    internal static ProbeSlot Fast(ProbeSlots slots) => new(slots, Place.Fast);

    /// <summary>For a slow place that was waited for.</summary>
    internal static ProbeSlot Slow(ProbeSlots slots) => new(slots, Place.Slow);

    /// <summary>Gives the place up until <see cref="EnterSlowAsync"/>.</summary>
    public void Leave()
    {
        // Only the first attempt of those that began among the fast ones tells what is usual.
        if (_timer is not null && !_hasLeft)
        {
            _hasLeft = true;
            _slots.Learn(_slots.Clock.GetElapsedTime(_entered));
        }

        switch (Interlocked.Exchange(ref _place, Place.None))
        {
            case Place.Fast:
                _slots.Fast.Release();
                break;
            case Place.Slow:
                _slots.Slow.Release();
                break;
        }
    }

    /// <summary>Waits for a slow place, after <see cref="Leave"/>.</summary>
    public async ValueTask EnterSlowAsync(CancellationToken cancellationToken)
    {
        await _slots.Slow.WaitAsync(cancellationToken);
        Volatile.Write(ref _place, Place.Slow);
    }

    public void Dispose()
    {
        _timer?.Dispose();
        Leave();
    }

    private void MoveToSlow()
    {
        if (Volatile.Read(ref _place) != Place.Fast)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        // All slow places taken: the timer comes back, and the fast one is kept until then.
        if (!_slots.Slow.Wait(TimeSpan.Zero))
        {
            return;
        }

        var wasFast = Interlocked.CompareExchange(ref _place, Place.Slow, Place.Fast) == Place.Fast;
        (wasFast ? _slots.Fast : _slots.Slow).Release();
    }

    private static class Place
    {
        public const int None = 0;
        public const int Fast = 1;
        public const int Slow = 2;
    }
}
