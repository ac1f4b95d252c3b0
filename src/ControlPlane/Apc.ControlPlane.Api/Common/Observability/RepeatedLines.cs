using System.Collections.Concurrent;
using Serilog.Core;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>
/// Keeps callers from filling the log: limits the warnings and errors of one message template within a second, and reports the number of
/// suppressed ones in one line. Lines of sweeps pass, because callers cannot cause them.
/// </summary>
public sealed class RepeatedLines(int perSecond, TimeProvider clock) : ILogEventFilter, IDisposable
{
    private const string Summary = "{Suppressed} further lines of this kind were left out: {Kind}";
    private const string OwnWork = "Apc.ControlPlane.Api.Fleet.";
    private const int MaxKinds = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // By message template, whatever the values in it; the program has few templates.
    private readonly ConcurrentDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    /// <summary>Gets the lines that report suppressed ones. Nothing is reported before it is set.</summary>
    public Serilog.ILogger? Log { get; set; }

    private TimeProvider Clock => clock;

    public bool IsEnabled(LogEvent logEvent)
    {
        if (logEvent.Level < LogEventLevel.Warning || logEvent.MessageTemplate.Text == Summary || IsOwnWork(logEvent))
        {
            return true;
        }

        var text = logEvent.MessageTemplate.Text;
        return _kinds.GetOrAdd(_kinds.Count < MaxKinds ? text : "", key => new Kind(key, this)).TryTake(perSecond);
    }

    public void Dispose()
    {
        foreach (var kind in _kinds.Values)
        {
            kind.Dispose();
        }
    }

    private static bool IsOwnWork(LogEvent logEvent)
        => logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
            && source is ScalarValue { Value: string name }
            && name.StartsWith(OwnWork, StringComparison.Ordinal);

    /// <summary>One kind of line, and how many passed and were suppressed in the current second, which begins with the first.</summary>
    private sealed class Kind : IDisposable
    {
        private readonly string _text;
        private readonly RepeatedLines _all;
        private readonly Lock _lock = new();
        private readonly ITimer _end;
        private long _begin;
        private int _taken;
        private int _suppressed;

        public Kind(string text, RepeatedLines all)
        {
            _text = text;
            _all = all;
            _begin = all.Clock.GetTimestamp();
            _end = all.Clock.CreateTimer(static kind => ((Kind)kind!).Tell(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        public bool TryTake(int perSecond)
        {
            lock (_lock)
            {
                if (_all.Clock.GetElapsedTime(_begin) >= Window)
                {
                    (_begin, _taken) = (_all.Clock.GetTimestamp(), 0);
                }

                if (_taken < perSecond)
                {
                    _taken++;
                    return true;
                }

                if (_suppressed++ == 0)
                {
                    _end.Change(Window, Timeout.InfiniteTimeSpan);
                }

                return false;
            }
        }

        public void Dispose()
        {
            _end.Dispose();
            Tell();
        }

        private void Tell()
        {
            int suppressed;

            lock (_lock)
            {
                (suppressed, _suppressed) = (_suppressed, 0);
            }

            if (suppressed > 0)
            {
                _all.Log?.Warning(Summary, suppressed, _text);
            }
        }
    }
}
