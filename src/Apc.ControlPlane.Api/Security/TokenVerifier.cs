using System.Collections.Concurrent;
using System.Security.Cryptography;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Turns the text of a token into its caller.</summary>
/// <remarks>
/// What the database says of a token is kept for at most a second, so that a revocation or a changed role takes effect within a second on every
/// replica. A token in steady use is looked up again ahead of that, in the background, so that no request waits. The secret itself is never
/// kept: each use hashes it and compares in constant time.
/// </remarks>
public sealed class TokenVerifier(TokenLookUp lookUp, ServiceAccountUsage usage, TimeProvider clock)
{
    /// <summary>Longest time for which an answer of the database is believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);

    // Tokens used within one second; beyond it the cache starts anew, which costs look-ups and nothing else.
    private const int MaxEntries = 10_000;

    private readonly long _believedFor = ToTimestampUnits(BelievedFor, clock);
    private readonly long _refreshAfter = ToTimestampUnits(BelievedFor / 2, clock);
    private volatile Generation _current = new();

    /// <summary>The caller to whom the token belongs; <see cref="Caller.Anonymous"/> for anything but a valid token.</summary>
    /// <param name="text">A token without scheme, as it came.</param>
    /// <param name="cancellationToken">Ends the wait; a look-up that others share goes on.</param>
    public ValueTask<Caller> VerifyAsync(ReadOnlySpan<char> text, CancellationToken cancellationToken)
    {
        if (!AccessToken.TryParse(text, out var token))
        {
            return new(Caller.Anonymous);
        }

        Span<byte> hash = stackalloc byte[AccessToken.HashLength];
        AccessToken.HashSecret(token.Secret, hash);

        var current = _current;

        if (current.Records.TryGetValue(token.Masked, out var known))
        {
            var age = clock.GetTimestamp() - known.LookedUpAt;

            if (age <= _believedFor)
            {
                if (age > _refreshAfter)
                {
                    _ = LookUp(current, token.Kind, token.Masked);
                }

                return new(Judge(known.Record, hash));
            }
        }

        return VerifyAsync(LookUp(current, token.Kind, token.Masked), hash.ToArray(), cancellationToken);
    }

    /// <summary>Forgets what is known of all tokens, so that a change just committed is seen by the next request to this replica.</summary>
    public void ForgetAll() => _current = new Generation();

    private async ValueTask<Caller> VerifyAsync(Task<TokenRecord?> found, byte[] hash, CancellationToken cancellationToken)
        => await found.WaitAsync(cancellationToken) is { } record ? Judge(record, hash) : Caller.Anonymous;

    private Caller Judge(TokenRecord record, ReadOnlySpan<byte> hash)
    {
        if (!CryptographicOperations.FixedTimeEquals(record.SecretHash, hash))
        {
            return Caller.Anonymous;
        }

        var now = clock.GetUtcNow();

        if (record.ExpiresAt <= now)
        {
            return Caller.Anonymous;
        }

        usage.Saw(record, now);
        return record.Caller;
    }

    /// <summary>The one look-up of this token that is under way, or a new one.</summary>
    private Task<TokenRecord?> LookUp(Generation generation, AccessTokenKind kind, ReadOnlySpan<char> masked)
    {
        if (generation.LookUps.TryGetValue(masked, out var running))
        {
            return running;
        }

        var id = masked.ToString();
        var started = new TaskCompletionSource<TokenRecord?>(TaskCreationOptions.RunContinuationsAsynchronously);

        var first = generation.LookUpsById.GetOrAdd(id, started.Task);

        if (first == started.Task)
        {
            _ = RunAsync(generation, kind, id, started);
        }

        return first;
    }

    private async Task RunAsync(Generation generation, AccessTokenKind kind, string id, TaskCompletionSource<TokenRecord?> started)
    {
        var startedAt = clock.GetTimestamp();

        try
        {
            // Nobody's cancellation token: several requests may wait for this one look-up. It has a time limit of its own.
            var record = await lookUp(kind, id);
            generation.Keep(id, record, startedAt);
            generation.LookUpsById.TryRemove(id, out _);
            started.SetResult(record);
        }
        catch (Exception e)
        {
            generation.LookUpsById.TryRemove(id, out _);
            started.SetException(e);

            // A refresh ahead of time has nobody who waits; the next request that has to wait reports the failure.
            _ = started.Task.Exception;
        }
    }

    private static long ToTimestampUnits(TimeSpan time, TimeProvider clock) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>What is known since the last <see cref="ForgetAll"/>. A look-up that began before it ends in a generation nobody reads.</summary>
    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, Known> _recordsById = new(StringComparer.Ordinal);

        public Generation()
        {
            Records = _recordsById.GetAlternateLookup<ReadOnlySpan<char>>();
            LookUps = LookUpsById.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ConcurrentDictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> Records { get; }

        public ConcurrentDictionary<string, Task<TokenRecord?>> LookUpsById { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, Task<TokenRecord?>>.AlternateLookup<ReadOnlySpan<char>> LookUps { get; }

        public void Keep(string id, TokenRecord? record, long lookedUpAt)
        {
            if (record is null)
            {
                _recordsById.TryRemove(id, out _);
                return;
            }

            if (_recordsById.Count >= MaxEntries)
            {
                _recordsById.Clear();
            }

            _recordsById[id] = new Known(record, lookedUpAt);
        }
    }

    private sealed record Known(TokenRecord Record, long LookedUpAt);
}
