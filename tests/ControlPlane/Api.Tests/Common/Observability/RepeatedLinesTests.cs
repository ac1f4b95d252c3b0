using Apc.ControlPlane.Api.Common.Observability;
using Apc.TestKit;
using Serilog;
using Serilog.Core;
using Serilog.Events;

namespace Apc.ControlPlane.Api.Tests.Common.Observability;

/// <summary>An attack on the log: lines that strangers cause as often as they like.</summary>
public sealed class RepeatedLinesTests : IDisposable
{
    private readonly FakeClock _clock = new();
    private readonly Sink _sink = new();
    private readonly RepeatedLines _lines;
    private readonly Logger _log;

    public RepeatedLinesTests()
    {
        _lines = new RepeatedLines(perSecond: 3, _clock);
        _log = new LoggerConfiguration().Filter.With(_lines).WriteTo.Sink(_sink).CreateLogger();
        _lines.Log = _log;
    }

    [Fact]
    public void Ten_thousand_refused_sign_ins_are_three_lines_and_one_that_counts_the_others()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _log.Warning("A sign-in was refused for user {UserId} from {Address}.", i, "192.0.2.1");
        }

        Assert.Equal(3, _sink.Lines.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("9997 further lines of this kind were left out: \"A sign-in was refused for user {UserId} from {Address}.\"", _sink.Lines[3]);

        _log.Warning("A sign-in was refused for user {UserId} from {Address}.", 1, "192.0.2.1");
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(5, _sink.Lines.Count);
    }

    [Fact]
    public void One_kind_does_not_take_the_room_of_another_nor_of_news_and_of_sweeps()
    {
        for (var i = 0; i < 10; i++)
        {
            _log.Warning("one");
            _log.Error("another");
            _log.Information("news");
            _log.ForContext(Constants.SourceContextPropertyName, "Apc.ControlPlane.Api.Fleet.Reconciling.FleetProbe").Warning("A cluster.");
        }

        Assert.Equal((3, 3, 10, 10), (Count("one"), Count("another"), Count("news"), Count("A cluster.")));
    }

    [Fact]
    public void What_was_left_out_is_told_at_the_end_of_the_program()
    {
        for (var i = 0; i < 5; i++)
        {
            _log.Warning("one");
        }

        _lines.Dispose();
        Assert.Equal("2 further lines of this kind were left out: \"one\"", _sink.Lines[^1]);
    }

    public void Dispose()
    {
        _lines.Dispose();
        _log.Dispose();
    }

    private int Count(string line) => _sink.Lines.Count(l => l == line);

    private sealed class Sink : ILogEventSink
    {
        public List<string> Lines { get; } = [];

        public void Emit(LogEvent logEvent) => Lines.Add(logEvent.RenderMessage(null));
    }
}
