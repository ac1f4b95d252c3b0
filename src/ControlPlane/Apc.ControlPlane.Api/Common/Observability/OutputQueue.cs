using System.Text;
using Serilog.Core;
using Serilog.Debugging;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Common.Observability;

/// <summary>Lines of the log and of the audit trail on their way out, in the order in which they came.</summary>
/// <remarks>
/// Whoever has a line never waits: a thread of its own writes, and may be held for ever by an output that nobody reads. What does not fit is lost and counted,
/// and told in one line once lines flow again.
/// </remarks>
public sealed class OutputQueue : ILogEventSink, IDisposable
{
    /// <summary>Lines that wait at most.</summary>
    public const int Capacity = 8_192;

    /// <summary>How long the end of the program waits for the writer.</summary>
    public static readonly TimeSpan EndsWithin = TimeSpan.FromSeconds(2);

    // Where lines are lost all the time, that is told this often and no more.
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(10);

    private readonly System.Collections.Concurrent.BlockingCollection<Line> _lines = new(Capacity);
    private readonly Logger _sinks;
    private readonly TimeProvider _clock = TimeProvider.System;
    private readonly Thread _writer;
    private long _lostOfLog;
    private long _lostOfAudit;

    // Of the writing thread alone.
    private long _toldOfLog;
    private long _toldOfAudit;
    private long _toldAt;
    private bool _isBroken;
    private string? _why;

    /// <param name="sinks">Where lines of the log end up; it belongs to the queue.</param>
    public OutputQueue(Logger sinks)
    {
        _sinks = sinks;
        _toldAt = _clock.GetTimestamp();
        Text = new QueuedText(this);

        // In the background: a write that never ends does not keep the program.
        _writer = new Thread(WriteAll) { IsBackground = true, Name = "output" };
        _writer.Start();
    }

    /// <summary>Standard output for lines that are no log: each call is one or more whole lines.</summary>
    public TextWriter Text { get; }

    /// <summary>Lines of the log that were lost since the start.</summary>
    public long LostOfLog => Interlocked.Read(ref _lostOfLog);

    /// <summary>Lines of the audit trail, and others that are no log, that were lost since the start.</summary>
    public long LostOfAudit => Interlocked.Read(ref _lostOfAudit);

    /// <summary>Takes a line of the log.</summary>
    public void Emit(LogEvent logEvent) => Add(new Line(logEvent, Text: null));

    /// <summary>Takes no more lines; waits a moment for those that were taken.</summary>
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
            // The program ends.
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
                TellIfDue(isLast: _lines.Count == 0);
            }
            else
            {
                Lost(line);
            }
        }

        TellIfDue(isLast: true);
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

    private void TellIfDue(bool isLast)
    {
        var (ofLog, ofAudit) = (LostOfLog, LostOfAudit);

        if ((ofLog == _toldOfLog && ofAudit == _toldOfAudit) || !(isLast || _clock.GetElapsedTime(_toldAt) > TellEvery))
        {
            return;
        }

        SinkFailures.Clear();

        if (_isBroken)
        {
            // A disk that was full may have taken half a line.
            WriteText("\n");
        }

        _sinks.ForContext<OutputQueue>().Error(
            "{LogLines} lines of the log and {AuditLines} lines of the audit trail were lost: {Reason}. Rows of the audit trail are in the database.",
            ofLog - _toldOfLog,
            ofAudit - _toldOfAudit,
            _why ?? "the output was not read in time");

        if (SinkFailures.Last is null)
        {
            (_toldOfLog, _toldOfAudit, _toldAt, _isBroken, _why) = (ofLog, ofAudit, _clock.GetTimestamp(), false, null);
        }
    }

    /// <param name="Event">A line of the log; null for another one.</param>
    /// <param name="Text">The line where it is no log, with its end.</param>
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

    /// <summary>Serilog keeps the failures of sinks from its callers, and tells of them in one place of the process, on the thread that writes.</summary>
    private static class SinkFailures
    {
        [ThreadStatic]
        private static string? _last;

        static SinkFailures() => SelfLog.Enable(Note);

        /// <summary>What the last write of this thread failed with; null where it did not.</summary>
        public static string? Last => _last;

        public static void Clear() => _last = null;

        /// <param name="failure">A message, or what Serilog makes of an exception: the rest of the first line is enough.</param>
        public static void Note(string failure) => _last = failure.Split('\n', 2)[0].TrimEnd('\r', '.');
    }
}
