using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Common.Mail;

public sealed class MailQueueTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly OutgoingMail Hello = new("ada@example.com", $"Hello", $"canary");

    private readonly PauselessClock _clock = new();
    private readonly FakeLoggerProvider _log = new();
    private readonly MailServer _server = new();
    private readonly Caller _ada = new() { Id = Guid.NewGuid(), Permissions = EffectivePermissions.None };
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private MetricCollector<long> _mails = null!;
    private MailQueue _queue = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""truncate houston$default."QuotaCount" """, Cancelled);
        var options = Options.Create(new SmtpOptions
        {
            Host = "127.0.0.1",
            Port = _server.Port,
            From = "platform@example.org",
            Security = SmtpSecurity.None,
        });
        var meters = _services.GetRequiredService<IMeterFactory>();
        _mails = new MetricCollector<long>(meters, MailMetrics.MeterName, "apc.mails");
        var quotas = new QuotaCounter(
            new QuotaStore(database.DataSources, TimeProvider.System), new QuotaMetrics(meters), Options.Create(new QuotaOptions()), TimeProvider.System);
        _queue = new MailQueue(
            new SmtpSender(options, _clock), options, new MailQuota(quotas).AdmitsAsync, new MailMetrics(meters), _clock, new LoggerFactory([_log]).CreateLogger<MailQueue>());
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Dispose();
        _mails.Dispose();
        await _services.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task What_may_pass_is_tried_again_after_1_2_and_4_seconds()
    {
        _server.Fail(MailFault.Close, MailFault.RefuseForNow, MailFault.Close);
        await _queue.StartAsync(Cancelled);

        Assert.True(Add(Hello));

        Assert.Equal("canary", (await _server.NextAsync(Cancelled)).Text);
        await _mails.WaitForMeasurementsAsync(1, Cancelled);
        Assert.Equal((4, "sent"), (_server.Connections, Assert.Single(Outcomes())));
        Assert.Equal([1, 2, 4], _clock.Pauses.Select(pause => pause.TotalSeconds));
        Assert.Empty(_log.Lines);
    }

    [Fact]
    public async Task After_four_attempts_one_line_names_the_address_and_the_problem_and_not_the_mail()
    {
        _server.Fail(MailFault.Close, MailFault.Close, MailFault.Close, MailFault.RefuseForNow);
        await _queue.StartAsync(Cancelled);

        Add(Hello);
        await _mails.WaitForMeasurementsAsync(1, Cancelled);

        Assert.Equal((4, "failed"), (_server.Connections, Assert.Single(Outcomes())));
        Assert.Equal(
            ["Warning: A mail to ada@example.com could not be sent: the server answered 451 (come back later) to RCPT TO."], await LinesAsync(1));
    }

    [Fact]
    public async Task What_will_not_pass_is_not_tried_again_and_holds_nothing_up()
    {
        _server.Fail(MailFault.RefuseContent);
        await _queue.StartAsync(Cancelled);

        Add(Hello);
        await LinesAsync(1);
        _queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(_ada), _ => throw new InvalidOperationException("no mail"));
        await _mails.WaitForMeasurementsAsync(2, Cancelled);
        _queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(_ada), _ => Task.FromResult<OutgoingMail?>(null));
        Add(Hello);
        await _server.NextAsync(Cancelled);
        await _mails.WaitForMeasurementsAsync(3, Cancelled);

        Assert.Equal(["failed", "failed", "sent"], Outcomes());
        var lines = await LinesAsync(2);
        Assert.Equal("Warning: A mail to ada@example.com could not be sent: the server answered 554 to the mail.", lines[0]);
        Assert.StartsWith("Error: A mail could not be written. System.InvalidOperationException: no mail", lines[1], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains("canary", StringComparison.Ordinal));
    }

    [Fact]
    public void Beyond_two_hundred_of_one_sender_that_wait_a_mail_is_dropped_and_the_asker_knows()
    {
        // Not started, so that all of them wait.
        for (var i = 0; i < WaitingMails.CapacityPerSender; i++)
        {
            Assert.True(Add(Hello));
        }

        Assert.False(Add(Hello));
        Assert.Equal("dropped", Assert.Single(Outcomes()));
        Assert.Equal(["Warning: A mail was dropped: too many others wait already."], _log.Lines);
        Assert.True(_queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(Caller.Anonymous), Hello));
    }

    [Fact]
    public async Task A_mailbox_that_is_bombed_gets_ten_mails_an_hour_whoever_asks_for_them()
    {
        await _queue.StartAsync(Cancelled);

        for (var i = 0; i < 11; i++)
        {
            var sender = new Caller { Id = Guid.NewGuid(), Permissions = EffectivePermissions.None };
            _queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(sender), new OutgoingMail(i % 2 == 0 ? "Victim@example.com" : "victim@EXAMPLE.com", $"Hello", $"canary"));
            await _mails.WaitForMeasurementsAsync(i + 1, Cancelled);
        }

        Assert.Equal([.. Enumerable.Repeat("sent", 10), "dropped"], Outcomes());
        Assert.Equal(["Warning: A mail to Victim@example.com was dropped: too many were sent there within an hour."], await LinesAsync(1));
    }

    [Fact]
    public async Task A_busy_sender_whose_mails_hang_delays_nobody_elses_reset_link()
    {
        var hanging = new TaskCompletionSource<OutgoingMail?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _queue.StartAsync(Cancelled);

        foreach (var urgency in Enum.GetValues<MailUrgency>())
        {
            for (var i = 0; i < 100; i++)
            {
                _queue.TryAdd(urgency, MailQuota.SenderOf(_ada), _ => hanging.Task);
            }
        }

        _queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(Caller.Anonymous), Hello);

        Assert.Equal("canary", (await _server.NextAsync(Cancelled)).Text);
        hanging.SetResult(null);
    }

    [Fact]
    public async Task What_waits_leaves_before_the_host_ends()
    {
        await _queue.StartAsync(Cancelled);

        for (var i = 0; i < 20; i++)
        {
            Add(new OutgoingMail($"user{i}@example.com", $"Hello", $"canary"));
        }

        await _queue.StopAsync(Cancelled);

        Assert.Equal(20, _server.Waiting);
        Assert.False(Add(Hello));
    }

    private bool Add(OutgoingMail mail) => _queue.TryAdd(MailUrgency.Awaited, MailQuota.SenderOf(_ada), mail);

    private IEnumerable<object?> Outcomes() => _mails.GetMeasurementSnapshot().Select(mail => mail.Tags["outcome"]);

    private async Task<IReadOnlyList<string>> LinesAsync(int count)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(30));

        while (_log.Lines.Count < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        return _log.Lines;
    }

    /// <summary>Notes pauses between attempts and does not wait for them; all longer times are real.</summary>
    private sealed class PauselessClock : TimeProvider
    {
        public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.Zero || dueTime >= TimeSpan.FromSeconds(5))
            {
                return base.CreateTimer(callback, state, dueTime, period);
            }

            Pauses.Enqueue(dueTime);
            return base.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
