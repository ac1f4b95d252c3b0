using System.Collections.Concurrent;
using System.Threading.Channels;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Npgsql;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>
/// Stores in the background when a service account and its key were last used: for each key at most once a minute over all replicas.
/// </summary>
public sealed partial class ServiceAccountUsage(NpgsqlDataSource database, TimeProvider clock, ILogger<ServiceAccountUsage> logger)
    : BackgroundService
{
    /// <summary>Precision of <c>lastUsedAt</c>.</summary>
    public static readonly TimeSpan Precision = TimeSpan.FromMinutes(1);

    // A use that is dropped because the channel is full is stored with the key's next use a minute later.
    private readonly Channel<Use> _uses = Channel.CreateBounded<Use>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private readonly ConcurrentDictionary<string, DateTimeOffset> _noted = new(StringComparer.Ordinal);

    /// <summary>Uses that are not stored yet.</summary>
    public int Waiting => _uses.Reader.Count;

    /// <summary>Notes that a valid key was used. Costs a comparison unless a minute has passed since the last note.</summary>
    public void Saw(TokenRecord record, DateTimeOffset now)
    {
        if (record.Caller is not { Kind: ActorKind.ServiceAccount, TokenId: { } key } || (now - record.LastUsedAt)?.Duration() < Precision)
        {
            return;
        }

        // The record may be up to a second older than the last note of the same key.
        if (_noted.TryGetValue(key, out var noted) && (now - noted).Duration() < Precision)
        {
            return;
        }

        _noted[key] = now;
        _uses.Writer.TryWrite(new Use(key, now));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var use in _uses.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await StoreAsync(use, stoppingToken);
            }
            catch (Exception e) when (DatabaseOutage.Is(e))
            {
                LogNotStored(use.Key, e);
            }

            if (_uses.Reader.Count == 0)
            {
                ForgetOldNotes();
            }
        }
    }

    private async Task StoreAsync(Use use, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(ServiceAccountSql.NoteUse);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = use.Key[^AccessToken.PublicIdLength..] });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = use.At });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = use.At - Precision });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void ForgetOldNotes()
    {
        var now = clock.GetUtcNow();

        foreach (var (key, at) in _noted)
        {
            if ((now - at).Duration() >= Precision)
            {
                _noted.TryRemove(key, out _);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "The last use of the key {Key} could not be stored.")]
    private partial void LogNotStored(string key, Exception exception);

    /// <param name="Key">Prefix and public id.</param>
    private readonly record struct Use(string Key, DateTimeOffset At);
}
