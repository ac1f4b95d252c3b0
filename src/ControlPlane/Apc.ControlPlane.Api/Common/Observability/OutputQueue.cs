using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>Writes lines of the log and of the audit trail, in the order in which they came, on a thread of its own.</summary>
/// <remarks>
/// Callers never wait, even if the output blocks the thread for ever. Lines beyond <see cref="Capacity"/> are lost and counted; one line
/// reports their number as soon as the output takes lines again.
/// </remarks>
public sealed class OutputQueue : ILogEventSink, IDisposable
{
    /// <summary>Most lines that wait.</summary>
    public const int Capacity = 8_192;

    /// <summary>How long the end of the program waits for the writer.</summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(2);

    // Lost lines are reported at most this often.
    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    private readonly BlockingCollection<Line> _lines = new(Capacity);
    private readonly Logger _sinks;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Thread _writer;
    private long _lostOfLog;
    private long _lostOfAudit;

    // Used by the writing thread only.
    private long _reportedOfLog;
    private long _reportedOfAudit;
    private long _reportedAt;
    private bool _isBroken;
    private string? _why;

    /// <param name="sinks">Writes lines of the log; the queue disposes it.</param>
    public OutputQueue(Logger sinks)
    {
        _sinks = sinks;
        _reportedAt = _clock.GetTimestamp();
        Text = new QueuedText(this);

        // A background thread, so that a write that never ends does not keep the process alive.
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "output" };
        _writer.Start();
    }

    /// <summary>Standard output for other lines than those of the log; each call writes one or more whole lines.</summary>
    public TextWriter Text { get; }

    /// <summary>Lines of the log that were lost since the start.</summary>
    public long LostOfLog => Interlocked.Read(ref _lostOfLog);

    /// <summary>Lines written through <see cref="Text"/>, which are those of the audit trail, that were lost since the start.</summary>
    public long LostOfAudit => Interlocked.Read(ref _lostOfAudit);

    public void Emit(LogEvent logEvent) => Add(new Line(logEvent, Text: null));

    /// <summary>Takes no more lines, and waits up to <see cref="EndsWithin"/> for those that were taken.</summary>
    public void Dispose()
    {
        _lines.CompleteAdding();
        _writer.Join(EndsWithin);
    }

    private void Add(Line line)
    {
        try
        {
            if (_lines.TryAdd(line))
            {
                return;
            }
        }
        catch (InvalidOperationException)
        {
            // After Dispose.
        }

        Lost(line);
    }

    private void Lost(Line line) => Interlocked.Increment(ref line.Event is null ? ref _lostOfAudit : ref _lostOfLog);

    private void WriteAll()
    {
        foreach (var line in _lines.GetConsumingEnumerable())
        {
            if (TryWrite(line))
            {
                ReportIfDue(isLast: _lines.Count == 0);
            }
            else
            {
                Lost(line);
            }
        }

        ReportIfDue(isLast: true);
        _sinks.Dispose();
    }

    private bool TryWrite(Line line)
    {
        SinkFailures.Clear();

        if (line.Event is { } entry)
        {
            _sinks.Write(entry);
        }
        else
        {
            WriteText(line.Text!);
        }

        _why = SinkFailures.Last ?? _why;
        _isBroken |= SinkFailures.Last is not null;
        return SinkFailures.Last is null;
    }

    private static void WriteText(string text)
    {
        try
        {
            Console.Out.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            SinkFailures.Note(e.Message);
        }
    }

    private void ReportIfDue(bool isLast)
    {
        var (ofLog, ofAudit) = (LostOfLog, LostOfAudit);

        if ((ofLog == _reportedOfLog && ofAudit == _reportedOfAudit) || !(isLast || _clock.GetElapsedTime(_reportedAt) > ReportEvery))
        {
            return;
        }

        SinkFailures.Clear();

        if (_isBroken)
        {
            // A full disk may have taken half a line.
            WriteText("\n");
        }

        _sinks.ForContext<OutputQueue>().Error(
            "{LogLines} lines of the log and {AuditLines} lines of the audit trail were lost: {Reason}. "
                + "Rows of the audit trail are in the database.",
            ofLog - _reportedOfLog,
            ofAudit - _reportedOfAudit,
            _why ?? "the output was not read in time");

        if (SinkFailures.Last is null)
        {
            (_reportedOfLog, _reportedOfAudit, _reportedAt, _isBroken, _why) = (ofLog, ofAudit, _clock.GetTimestamp(), false, null);
        }
    }

    /// <param name="Event">A line of the log; null for another line.</param>
    /// <param name="Text">Another line, with its line break.</param>
    private readonly record struct Line(LogEvent? Event, string? Text);

    private sealed class QueuedText(OutputQueue queue) : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => Write(value.ToString());

        public override void Write(string? value) => queue.Add(new Line(Event: null, value ?? ""));

        public override void WriteLine(string? value) => Write(value + "\n");

        public override Task WriteLineAsync(string? value)
        {
            WriteLine(value);
            return Task.CompletedTask;
        }
    }

    /// <summary>Serilog reports failures of sinks to one callback of the process, on the writing thread, instead of throwing.</summary>
    private static class SinkFailures
    {
        [ThreadStatic]
        private static string? _last;

        static SinkFailures() => SelfLog.Enable(Note);

        /// <summary>Why the last write of this thread failed; null if it succeeded.</summary>
        public static string? Last => _last;

        public static void Clear() => _last = null;

        /// <param name="failure">A message, or Serilog's text of an exception, of which the first line is enough.</param>
        public static void Note(string failure) => _last = failure.Split('\n', 2)[0].TrimEnd('\r', '.');
    }
}

/// <summary>Metrics of lines that were lost.</summary>
public sealed class OutputMetrics
{
    public const string MeterName = "Apc.ControlPlane.Output";

    public OutputMetrics(IMeterFactory meters, OutputQueue output)
        => meters.Create(MeterName).CreateObservableCounter(
            "apc.log.lines.dropped",
            () => new Measurement<long>[]
            {
                new(output.LostOfLog, new KeyValuePair<string, object?>("kind", "log")),
                new(output.LostOfAudit, new KeyValuePair<string, object?>("kind", "audit")),
            },
            "{line}",
            "Lines that no output took, by kind: log, or audit, whose rows were stored.");
}
