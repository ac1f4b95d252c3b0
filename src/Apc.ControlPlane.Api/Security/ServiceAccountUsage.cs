using System.Collections.Concurrent;
using System.Threading.Channels;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Npgsql;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Notes when a service account's key was last used: at most once a minute over all replicas, and never while a request waits.</summary>
public sealed partial class ServiceAccountUsage(NpgsqlDataSource database, TimeProvider clock, ILogger<ServiceAccountUsage> logger) : BackgroundService
{
    /// <summary>How exact <c>lastUsedAt</c> is.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    private static readonly string UpdateSql =
        $"""
         update {HoustonNames.ServiceAccount} set "lastUsedAt" = $2
         where id = $1 and ("lastUsedAt" is null or "lastUsedAt" <= $3)
         """;

    // When it is full the use is noted a minute later.
    private readonly Channel<Use> _uses = Channel.CreateBounded<Use>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _noted = new();

    /// <summary>Uses that are yet to be stored.</summary>
    public int Waiting => _uses.Reader.Count;

    /// <summary>A valid key was used. Costs a comparison unless a minute has passed since the last note.</summary>
    public void Saw(TokenRecord record, DateTimeOffset now)
    {
        if (record.Caller is not { Kind: ActorKind.ServiceAccount, Id: { } id } || now - record.LastUsedAt < Precision)
        {
            return;
        }

        // The record may be up to a second older than the note that the same key led to.
        if (_noted.TryGetValue(id, out var noted) && now - noted < Precision)
        {
            return;
        }

        _noted[id] = now;
        _uses.Writer.TryWrite(new Use(id, now));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var use in _uses.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await StoreAsync(use, stoppingToken);
            }
            catch (NpgsqlException e)
            {
                LogNotStored(use.ServiceAccountId, e);
            }

            if (_uses.Reader.Count == 0)
            {
                ForgetOldNotes();
            }
        }
    }

    private async Task StoreAsync(Use use, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(UpdateSql);
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = use.ServiceAccountId });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = use.At });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = use.At - Precision });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void ForgetOldNotes()
    {
        var now = clock.GetUtcNow();

        foreach (var (id, at) in _noted)
        {
            if (now - at >= Precision)
            {
                _noted.TryRemove(id, out _);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of service account {ServiceAccountId} could not be stored.")]
    private partial void LogNotStored(Guid serviceAccountId, Exception exception);

    private readonly record struct Use(Guid ServiceAccountId, DateTimeOffset At);
}
