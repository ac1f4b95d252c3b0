using System.Diagnostics.Metrics;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Tests.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.TestKit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Apc.ControlPlane.Api.Tests.Auditing;

public sealed class FailureRowsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>, IAsyncLifetime
{
    private readonly FakeClock _clock = new();
    private readonly LogLines _log = new();
    private readonly List<string> _lost = [];
    private readonly MeterListener _listener = new();
    private ServiceProvider _services = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await database.ExecuteAsync($"delete from {HoustonNames.AuditLog}", Stop);
        _services = new ServiceCollection().AddMetrics().AddSingleton<AuditMetrics>().AddLogging(logging => logging.AddProvider(_log)).BuildServiceProvider();
        var factory = _services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == factory)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _lost.Add($"{instrument.Name} {value} {tags[0].Value}"));
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_is_stored_before_the_host_ends()
    {
        using var rows = Make(new Contexts(database));
        await rows.StartAsync(Stop);

        for (var i = 0; i < 250; i++)
        {
            rows.Add(Row(Guid.NewGuid()));
        }

        await rows.StopAsync(Stop);

        Assert.Equal([250L], await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog} where outcome = 'FAILURE'", Stop));
        Assert.Equal(0, rows.Waiting);
        Assert.Empty(_lost);
    }

    [Fact]
    public async Task Rows_that_the_database_does_not_take_are_counted_and_logged_and_later_ones_are_stored()
    {
        var contexts = new Contexts(database) { IsDown = true };
        using var rows = Make(contexts);
        rows.Add(Row(Guid.NewGuid()));
        rows.Add(Row(Guid.NewGuid()));
        await rows.StartAsync(Stop);
        await contexts.Refused.Task.WaitAsync(Stop);
        contexts.IsDown = false;
        rows.Add(Row(Guid.NewGuid()));
        await rows.StopAsync(Stop);

        Assert.Equal(["apc.audit.lost_rows 2 database"], _lost);
        Assert.Single(_log.Lines, line => line.StartsWith("Error: 2 audit rows of failed operations were not stored.", StringComparison.Ordinal));
        Assert.Equal([1L], await database.QueryAsync<long>($"select count(*) from {HoustonNames.AuditLog}", Stop));
    }

    [Fact]
    public void No_more_rows_wait_than_there_is_room_for()
    {
        using var rows = Make(new Contexts(database));

        for (var i = 0; i < FailureRows.MaxWaiting + 3; i++)
        {
            rows.Add(Row(Guid.NewGuid()));
        }

        Assert.Equal(FailureRows.MaxWaiting, rows.Waiting);
        Assert.Equal(Enumerable.Repeat("apc.audit.lost_rows 1 queue", 3), _lost);
    }

    [Fact]
    public void Nobody_fills_the_table_by_failing()
    {
        using var rows = Make(new Contexts(database));
        var actor = Guid.NewGuid();

        for (var i = 0; i < FailureRows.MaxPerActor + 2; i++)
        {
            rows.Add(Row(actor));
        }

        rows.Add(Row(Guid.NewGuid()));

        Assert.Equal(FailureRows.MaxPerActor + 1, rows.Waiting);
        Assert.Equal(Enumerable.Repeat("apc.audit.lost_rows 1 actor", 2), _lost);

        _clock.Advance(FailureRows.Window);
        rows.Add(Row(actor));

        Assert.Equal(FailureRows.MaxPerActor + 2, rows.Waiting);
    }

    private FailureRows Make(IDbContextFactory<ControlPlaneDbContext> contexts)
        => new(contexts, _services.GetRequiredService<AuditMetrics>(), _clock, _services.GetRequiredService<ILogger<FailureRows>>());

    private AuditLog Row(Guid actor) => new()
    {
        Id = Guid.NewGuid(),
        At = _clock.GetUtcNow(),
        ActorKind = ActorKind.User,
        ActorId = actor,
        Action = "cluster.update",
        EntityType = "cluster",
        Outcome = AuditOutcome.Failure,
    };

    private sealed class Contexts(PostgresDatabase database) : IDbContextFactory<ControlPlaneDbContext>
    {
        public bool IsDown { get; set; }

        public TaskCompletionSource Refused { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public ControlPlaneDbContext CreateDbContext()
        {
            if (IsDown)
            {
                Refused.TrySetResult();
                throw new NpgsqlException("The database is down.");
            }

            return database.CreateContext();
        }
    }
}
