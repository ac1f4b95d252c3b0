using System.Diagnostics.Metrics;
using System.Net;
using Apc.ControlPlane.Api.Common.Time;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Common.Time;

/// <summary>Replicas whose clocks are wrong, over a real database whose clock is right.</summary>
public sealed class ClockWatchTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private readonly FakeClock _machine = new(TimeProvider.System.GetUtcNow());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory(Timeout = 120_000)]
    [InlineData(0.0, HttpStatusCode.OK, @"^\{""ready"":true\}$")]
    [InlineData(2.5, HttpStatusCode.OK, @"^\{""ready"":true,""degraded"":\{""clock"":""This replica\\u0027s clock is \d\.\d s ahead of the database\\u0027s.""\}\}$")]
    [InlineData(-2.5, HttpStatusCode.OK, @"^\{""ready"":true,""degraded"":\{""clock"":""This replica\\u0027s clock is \d\.\d s behind the database\\u0027s.""\}\}$")]
    [InlineData(7200, HttpStatusCode.ServiceUnavailable, @"^\{""ready"":false,""missing"":\{""clock"":""This replica\\u0027s clock is 7\d\d\d\.\d s ahead of the database\\u0027s.""\}\}$")]
    [InlineData(-7200, HttpStatusCode.ServiceUnavailable, @"^\{""ready"":false,""missing"":\{""clock"":""This replica\\u0027s clock is 7\d\d\d\.\d s behind the database\\u0027s.""\}\}$")]
    public async Task A_clock_that_is_wrong_is_told_beyond_one_second_and_not_ready_beyond_five_and_writes_no_wrong_times(double seconds, HttpStatusCode status, string body)
    {
        await using var host = await ApiHost.StartAsync(database, new DatabaseClock(_machine));
        var watch = host.Services.GetRequiredService<ClockWatch>();

        // The machine stands still, and the database's clock does not.
        var drift = (await database.QueryAsync<DateTime>("SELECT clock_timestamp()", Stop))[0] - _machine.GetUtcNow().UtcDateTime;
        _machine.Jump(TimeSpan.FromSeconds(seconds) + drift);
        await watch.MeasureAsync(Stop);

        using var http = new HttpClient();
        var answer = await ReadyAsync(http, host);

        // The scheduler begins a moment after the host.
        while (answer.Body.Contains("quartz", StringComparison.OrdinalIgnoreCase))
        {
            answer = await ReadyAsync(http, host);
        }

        Assert.Matches(body, answer.Body);
        Assert.Equal(status, answer.Status);

        using var admin = await host.SignInAsAdminAsync(Stop);
        Assert.Equal(
            [true],
            await database.QueryAsync<bool>(
                """SELECT max("createdAt") BETWEEN now() - interval '1 minute' AND now() + interval '1 minute' FROM houston$default."UserToken" """, Stop));
    }

    [Fact]
    public async Task Says_once_that_the_clock_is_wrong_and_once_that_it_is_right_again_and_measures_the_offset()
    {
        var log = new FakeLoggerProvider();
        await using var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(log)).BuildServiceProvider();
        var factory = services.GetRequiredService<IMeterFactory>();
        using var watch = new ClockWatch(database.DataSources, new DatabaseClock(_machine), factory, services.GetRequiredService<ILogger<ClockWatch>>());
        Assert.Null(watch.Offset);

        _machine.Jump(TimeSpan.FromSeconds(100));
        await watch.MeasureAsync(Stop);
        await watch.MeasureAsync(Stop);
        Assert.InRange(OffsetOf(factory), 90, 101);
        _machine.Jump(-watch.Offset!.Value);
        await watch.MeasureAsync(Stop);

        Assert.Collection(
            log.Lines,
            line => Assert.Matches(@"^Warning: This machine's clock is \d+\.\d s ahead of the database's, or behind where that is below zero\. The database's is used; set this one right\.$", line),
            line => Assert.Equal("Information: This machine's clock and the database's are less than a second apart again.", line));
    }

    [Fact]
    public async Task Measures_at_once_when_the_clock_jumps_and_else_every_minute()
    {
        await using var services = new ServiceCollection().AddMetrics().AddLogging().BuildServiceProvider();
        using var watch = new ClockWatch(
            database.DataSources, new DatabaseClock(_machine), services.GetRequiredService<IMeterFactory>(), services.GetRequiredService<ILogger<ClockWatch>>());
        await watch.StartAsync(Stop);

        while (watch.Offset is null)
        {
            await Task.Yield();
        }

        var offset = watch.Offset.Value;

        _machine.Jump(TimeSpan.FromHours(2));
        _machine.Advance(TimeSpan.FromSeconds(5));

        while (watch.Offset - offset < TimeSpan.FromHours(1))
        {
            await Task.Yield();
        }

        await watch.StopAsync(Stop);
    }

    private static async Task<(HttpStatusCode Status, string Body)> ReadyAsync(HttpClient http, ApiHost host)
    {
        using var answer = await http.GetAsync(new Uri(host.Address, "/v1/readyz"), Stop);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static double OffsetOf(IMeterFactory factory)
    {
        using var offset = new MetricCollector<double>(factory, ClockWatch.MeterName, "apc.clock.offset");
        offset.RecordObservableInstruments();
        Assert.Equal("s", offset.Instrument!.Unit);
        return offset.LastMeasurement!.Value;
    }
}
