using System.Diagnostics.Metrics;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

public sealed class QuotaCounterTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private static readonly Quota Five = QuotaTable.SignInByAccount;
    private static readonly Quota Twenty = QuotaTable.SignInByAddress;
    private static readonly Quota InMemory = QuotaTable.UnknownTokenByAddress;

    private readonly FakeClock _clock = new();
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private QuotaCounter _quotas = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync("""truncate houston$default."QuotaCount" """, Cancelled);
        _quotas = Replica(_clock);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    [Fact]
    public async Task The_use_over_the_limit_is_refused_with_the_seconds_to_wait()
    {
        await SpendAsync(Five, "ada", times: 5);

        var refused = await RefusalAsync(Five, "ada");

        Assert.Equal(
            ("SIGN_IN_THROTTLED", "Too many sign-ins failed. Wait 300 seconds, then try again.", 300), (refused.Code, refused.Message, refused.RetryAfter));
        await SpendAsync(Five, "grace");
    }

    [Fact]
    public async Task A_use_counts_for_the_window_and_not_longer()
    {
        await SpendAsync(Five, "ada");
        _clock.Advance(TimeSpan.FromMinutes(1));
        await SpendAsync(Five, "ada", times: 4);

        _clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, (await RefusalAsync(Five, "ada")).RetryAfter);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        await SpendAsync(Five, "ada");
        Assert.Equal(60, (await RefusalAsync(Five, "ada")).RetryAfter);
    }

    [Fact]
    public async Task What_is_refused_does_not_prolong_the_wait()
    {
        await SpendAsync(Five, "ada", times: 5);
        _clock.Advance(TimeSpan.FromMinutes(4));
        await RefusalAsync(Five, "ada");
        _clock.Advance(TimeSpan.FromMinutes(1));

        await SpendAsync(Five, "ada", times: 5);
    }

    [Fact]
    public async Task Of_several_uses_all_are_counted_or_none()
    {
        await SpendAsync(Five, "ada", times: 5);

        for (var i = 0; i < 30; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await Assert.ThrowsAsync<QuotaExceededException>(() => _quotas.SpendAsync([new(Twenty, "there"), new(Five, "ada")], caller: null, Cancelled));
        }

        await SpendAsync(Twenty, "there", times: 20);
        Assert.Equal(300, (await RefusalAsync(Twenty, "there")).RetryAfter);
    }

    [Fact]
    public async Task A_use_that_is_taken_back_makes_room_for_one_and_leaves_those_of_others()
    {
        await SpendAsync(Five, "ada", times: 4);
        var ticket = await SpendAsync(Five, "ada");
        await RefusalAsync(Five, "ada");

        await ticket.RefundAsync(Cancelled);
        await ticket.RefundAsync(Cancelled);
        await SpendAsync(Five, "ada", times: 2);

        await RefusalAsync(Five, "ada");
    }

    [Fact]
    public async Task Replicas_count_together()
    {
        var other = Replica(_clock);
        await SpendAsync(Five, "ada", times: 3);
        await other.SpendAsync([new(Five, "ada")], caller: null, Cancelled);
        await other.SpendAsync([new(Five, "ada")], caller: null, Cancelled);

        await RefusalAsync(Five, "ada");
        await Assert.ThrowsAsync<QuotaExceededException>(() => other.SpendAsync([new(Five, "ada")], caller: null, Cancelled));
    }

    [Fact]
    public async Task Uses_at_the_same_moment_do_not_slip_through()
    {
        var replicas = new[] { Replica(_clock), Replica(_clock), Replica(_clock) };

        var spent = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
        {
            try
            {
                await replicas[i % 3].SpendAsync([new(Twenty, $"there {i % 2}"), new(Five, "ada")], caller: null, Cancelled);
                return true;
            }
            catch (QuotaExceededException)
            {
                return false;
            }
        })));

        Assert.Equal(5, spent.Count(s => s));
    }

    [Fact]
    public async Task A_replica_whose_clock_is_wrong_counts_by_the_time_of_the_database()
    {
        var quotas = Replica(TimeProvider.System);
        await quotas.SpendAsync([new(Five, "ada")], caller: null, Cancelled);

        var age = await database.QueryAsync<TimeSpan>("""select now() - times[1] from houston$default."QuotaCount" """, Cancelled);

        Assert.InRange(Assert.Single(age), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Rows_that_no_longer_count_are_swept_out_in_passing()
    {
        for (var i = 0; i < 10; i++)
        {
            await SpendAsync(Five, $"user {i}");
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        await SpendAsync(Five, "ada");

        Assert.Equal(["ada"], await database.QueryAsync<string>("""select key from houston$default."QuotaCount" """, Cancelled));
    }

    [Fact]
    public async Task A_flood_of_refusals_asks_the_database_once_a_second()
    {
        await SpendAsync(Five, "ada", times: 5);
        await RefusalAsync(Five, "ada");
        await database.ExecuteAsync("""update houston$default."QuotaCount" set times = '{}'""", Cancelled);

        for (var i = 0; i < 100; i++)
        {
            await RefusalAsync(Five, "ada");
        }

        _clock.Advance(QuotaCounter.BelievedFor);
        await SpendAsync(Five, "ada");
    }

    [Fact]
    public async Task What_is_counted_in_memory_asks_no_database()
    {
        for (var i = 0; i < 300; i++)
        {
            await SpendAsync(InMemory, "there");
        }

        Assert.Equal(60, (await RefusalAsync(InMemory, "there")).RetryAfter);
        Assert.Empty(await database.QueryAsync<string>("""select key from houston$default."QuotaCount" """, Cancelled));
    }

    private QuotaCounter Replica(TimeProvider clock) => new(
        new QuotaStore(database.DataSources, clock), new QuotaMetrics(_services.GetRequiredService<IMeterFactory>()), Options.Create(new QuotaOptions()), clock);

    private async Task<QuotaTicket> SpendAsync(Quota quota, string key, int times = 1)
    {
        for (var i = 1; i < times; i++)
        {
            await _quotas.SpendAsync([new(quota, key)], caller: null, Cancelled);
        }

        return await _quotas.SpendAsync([new(quota, key)], caller: null, Cancelled);
    }

    private Task<QuotaExceededException> RefusalAsync(Quota quota, string key)
        => Assert.ThrowsAsync<QuotaExceededException>(() => _quotas.SpendAsync([new(quota, key)], caller: null, Cancelled));
}
