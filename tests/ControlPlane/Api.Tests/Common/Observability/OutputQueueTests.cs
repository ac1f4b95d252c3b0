using System.Collections.Concurrent;
using System.Diagnostics;
using Apc.ControlPlane.Api.Common.Observability;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Tests.Common.Observability;

public sealed class OutputQueueTests : IDisposable
{
    private readonly TestSink _sink = new();
    private readonly OutputQueue _queue;
    private readonly Logger _log;

    public OutputQueueTests()
    {
        _queue = new OutputQueue(new LoggerConfiguration().WriteTo.Sink(_sink).CreateLogger());
        _log = new LoggerConfiguration().WriteTo.Sink(_queue).CreateLogger();
    }

    public void Dispose()
    {
        _sink.Open();
        _log.Dispose();
        _sink.Dispose();
    }

    [Fact]
    public void Lines_come_out_in_the_order_in_which_they_went_in_and_all_of_them_before_the_end()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _log.Information("{Number}", i);
        }

        _log.Dispose();

        Assert.Equal(Enumerable.Range(0, 1_000).Select(i => $"{i}"), _sink.Lines);
        Assert.Equal((0, 0), (_queue.LostOfLog, _queue.LostOfAudit));
    }

    [Fact]
    public async Task An_output_that_takes_nothing_holds_nobody_and_tells_what_was_lost_when_it_takes_lines_again()
    {
        _sink.Close();
        _log.Information("held");
        await _sink.Held;

        for (var i = 0; i < OutputQueue.Capacity + 5; i++)
        {
            _log.Information("{Number}", i);
        }

        _queue.Text.Write("an audit line\n");
        Assert.Equal((5, 1), (_queue.LostOfLog, _queue.LostOfAudit));

        _sink.Open();
        _log.Dispose();

        Assert.Equal(
            [
                "\"held\"", .. Enumerable.Range(0, OutputQueue.Capacity).Select(i => $"{i}"),
                "5 lines of the log and 1 lines of the audit trail were lost: \"the output was not read in time\". Rows of the audit trail are in the database.",
            ],
            _sink.Lines.Select((line, i) => i == 0 ? $"\"{line}\"" : line));
    }

    [Fact]
    public async Task The_end_of_the_program_waits_two_seconds_and_no_longer()
    {
        _sink.Close();
        _log.Information("held");
        await _sink.Held;
        var begin = Stopwatch.GetTimestamp();

        _log.Dispose();

        Assert.InRange(Stopwatch.GetElapsedTime(begin), OutputQueue.EndsWithin - TimeSpan.FromMilliseconds(50), OutputQueue.EndsWithin + TimeSpan.FromSeconds(2));
        _log.Information("too late");
        Assert.Equal(1, _queue.LostOfLog);
    }

    [Fact]
    public void What_a_sink_fails_to_write_is_lost_and_told_with_the_reason_once_it_writes_again()
    {
        _sink.FailuresAhead = 3;

        foreach (var line in new[] { "a", "b", "c", "d" })
        {
            _log.Information(line);
        }

        _log.Dispose();

        Assert.Equal(3, _queue.LostOfLog);
        Assert.Collection(
            _sink.Lines,
            line => Assert.Equal("d", line),
            line => Assert.Matches("^3 lines of the log and 0 lines of the audit trail were lost: \".*No space left on device\"\\. Rows of the audit trail are in the database\\.$", line));
    }

    private sealed class TestSink : ILogEventSink, IDisposable
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly TaskCompletionSource _held = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyCollection<string> Lines => _lines;

        public Task Held => _held.Task;

        public int FailuresAhead { get; set; }

        public void Close() => _open.Reset();

        public void Open() => _open.Set();

        public void Dispose() => _open.Dispose();

        public void Emit(LogEvent logEvent)
        {
            if (!_open.IsSet)
            {
                _held.TrySetResult();
                _open.Wait();
            }

            if (FailuresAhead > 0)
            {
                FailuresAhead--;
                throw new IOException("No space left on device");
            }

            _lines.Enqueue(logEvent.RenderMessage());
        }
    }
}
