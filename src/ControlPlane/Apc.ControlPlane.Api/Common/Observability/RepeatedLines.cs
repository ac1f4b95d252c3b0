using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Serilog.Core;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>
/// Keeps callers from filling the log: limits the warnings and errors of one message template in each second, and reports the number of
/// suppressed ones in one line. Lines of sweeps pass, because callers cannot cause them.
/// </summary>
public sealed class RepeatedLines : ILogEventFilter, IDisposable
{
    private const string Summary = "{Suppressed} further lines of this kind were left out: {Kind}";
    private const string OwnWork = "Apc.ControlPlane.Api.Fleet.";
    private const int MaxKinds = 1_000;

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);

    // Lines in this second, which begins with the first, by message template, whatever the values in it; the program has few templates.
    private readonly ConcurrentDictionary<string, StrongBox<int>> _lines = new(StringComparer.Ordinal);
    private readonly int _perSecond;
    private readonly ITimer _end;
    private bool _hasBegun;

    public RepeatedLines(int perSecond, TimeProvider clock)
    {
        _perSecond = perSecond;
        _end = clock.CreateTimer(_ => Report(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Gets the lines that report suppressed ones. Nothing is reported before it is set.</summary>
    public Serilog.ILogger? Log { get; set; }

    public bool IsEnabled(LogEvent logEvent)
    {
        var text = logEvent.MessageTemplate.Text;

        if (logEvent.Level < LogEventLevel.Warning || text == Summary || IsOwnWork(logEvent))
        {
            return true;
        }

        var lines = _lines.GetOrAdd(_lines.Count < MaxKinds ? text : "", _ => new StrongBox<int>());
        var isWritten = Interlocked.Increment(ref lines.Value) <= _perSecond;

        if (!Interlocked.Exchange(ref _hasBegun, true))
        {
            _end.Change(Window, Timeout.InfiniteTimeSpan);
        }

        return isWritten;
    }

    public void Dispose()
    {
        _end.Dispose();
        Report();
    }

    private static bool IsOwnWork(LogEvent logEvent)
        => logEvent.Properties.TryGetValue(Constants.SourceContextPropertyName, out var source)
            && source is ScalarValue { Value: string name }
            && name.StartsWith(OwnWork, StringComparison.Ordinal);

    private void Report()
    {
        // Before the counts are read, so that a line counted after that begins a new second.
        Interlocked.Exchange(ref _hasBegun, false);

        foreach (var (text, lines) in _lines)
        {
            if (Interlocked.Exchange(ref lines.Value, 0) - _perSecond is > 0 and var suppressed)
            {
                Log?.Warning(Summary, suppressed, text);
            }
        }
    }
}
