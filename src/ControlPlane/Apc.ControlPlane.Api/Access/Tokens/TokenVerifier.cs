using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Turns the text of a token into its caller.</summary>
/// <remarks>
/// What the database says of a token is kept for at most a second, so that a revocation or a changed role takes effect within a second on every
/// replica. A token in steady use is looked up again ahead of that, in the background, so that no request waits. The token itself is never kept,
/// only a fingerprint by which the next use is recognized without hashing the secret again. Addresses that show too many unknown tokens have no others
/// looked up for a while than those that were proved here before.
/// </remarks>
public sealed class TokenVerifier(TokenLookUp lookUp, ServiceAccountUsage usage, TimeProvider clock, QuotaCounter? quotas = null)
{
    /// <summary>Longest time for which an answer of the database is believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);

    // Tokens used within one second; beyond it the cache starts anew, which costs look-ups and nothing else.
    private const int MaxEntries = 10_000;

    private readonly long _believedFor = ToTimestampUnits(BelievedFor, clock);
    private readonly long _refreshAfter = ToTimestampUnits(BelievedFor / 2, clock);
    private readonly ConcurrentDictionary<string, bool> _provedIds = new(StringComparer.Ordinal);
    private volatile Generation _current = new();

    /// <summary>The caller to whom the token belongs; <see cref="Caller.Anonymous"/> for anything but a valid token.</summary>
    /// <param name="text">A token without scheme, as it came.</param>
    /// <param name="cancellationToken">Ends the wait; a look-up that others share goes on.</param>
    public ValueTask<Caller> VerifyAsync(ReadOnlySpan<char> text, CancellationToken cancellationToken) => VerifyAsync(text, from: null, cancellationToken);

    /// <summary>The same for a request from this network address; null where there is none.</summary>
    public ValueTask<Caller> VerifyAsync(ReadOnlySpan<char> text, IPAddress? from, CancellationToken cancellationToken)
    {
        var current = _current;

        // A token in steady use: neither taken apart nor hashed again.
        if (current.Find(text) is { } known && Age(known) <= _refreshAfter && known.Proved?.Matches(text) == true)
        {
            return new(Admit(known.Record));
        }

        return AccessToken.TryParse(text, out var token) ? VerifyAsync(current, text, token, from, cancellationToken) : new(Caller.Anonymous);
    }

    /// <summary>Forgets what is known of all tokens, so that a change just committed is seen by the next request to this replica.</summary>
    public void ForgetAll() => _current = new Generation();

    private ValueTask<Caller> VerifyAsync(
        Generation current, ReadOnlySpan<char> text, AccessToken token, IPAddress? from, CancellationToken cancellationToken)
    {
        var known = current.Find(text);

        if (known is null || Age(known) > _believedFor)
        {
            return UnknownFrom(from) is { } use && quotas!.IsUsedUp(use) && !_provedIds.ContainsKey(token.Masked.ToString())
                ? new(Caller.Anonymous)
                : WaitAsync(LookUp(current, token.Kind, token.Masked), text.ToString(), from, cancellationToken);
        }

        if (Age(known) > _refreshAfter)
        {
            _ = LookUp(current, token.Kind, token.Masked);
        }

        return new(Judge(known, text, token.Secret));
    }

    private async ValueTask<Caller> WaitAsync(Task<Known?> lookUp, string text, IPAddress? from, CancellationToken cancellationToken)
    {
        var known = await lookUp.WaitAsync(cancellationToken);

        if (known is null && UnknownFrom(from) is { } use)
        {
            quotas!.Count(use);
        }

        return known is not null && AccessToken.TryParse(text, out var token) ? Judge(known, text, token.Secret) : Caller.Anonymous;
    }

    private QuotaUse? UnknownFrom(IPAddress? from)
        => quotas is not null && QuotaKeys.OfAddress(from) is { } address ? new QuotaUse(QuotaTable.UnknownTokenByAddress, address) : null;

    private Caller Judge(Known known, ReadOnlySpan<char> text, ReadOnlySpan<char> secret)
    {
        Span<byte> hash = stackalloc byte[AccessToken.HashLength];
        AccessToken.HashSecret(secret, hash);

        if (!CryptographicOperations.FixedTimeEquals(known.Record.SecretHash, hash))
        {
            return Caller.Anonymous;
        }

        if (known.Proved is null)
        {
            known.Proved = new TokenFingerprint(text);
            RememberProved(known.Record.Caller.TokenId);
        }

        return Admit(known.Record);
    }

    private Caller Admit(TokenRecord record)
    {
        var now = clock.GetUtcNow();

        if (record.ExpiresAt <= now)
        {
            return Caller.Anonymous;
        }

        usage.Saw(record, now);
        return record.Caller;
    }

    private void RememberProved(string? id)
    {
        if (_provedIds.Count >= MaxEntries)
        {
            _provedIds.Clear();
        }

        _provedIds.TryAdd(id ?? "", true);
    }

    private long Age(Known known) => clock.GetTimestamp() - known.LookedUpAt;

    /// <summary>The one look-up of this token that is under way, or a new one.</summary>
    private Task<Known?> LookUp(Generation generation, AccessTokenKind kind, ReadOnlySpan<char> masked)
    {
        if (generation.LookUps.TryGetValue(masked, out var running))
        {
            return running;
        }

        var id = masked.ToString();
        var started = new TaskCompletionSource<Known?>(TaskCreationOptions.RunContinuationsAsynchronously);

        var first = generation.LookUpsById.GetOrAdd(id, started.Task);

        if (first == started.Task)
        {
            _ = RunAsync(generation, kind, id, started);
        }

        return first;
    }

    private async Task RunAsync(Generation generation, AccessTokenKind kind, string id, TaskCompletionSource<Known?> started)
    {
        var startedAt = clock.GetTimestamp();

        try
        {
            // Nobody's cancellation token: several requests may wait for this one look-up. It has a time limit of its own.
            var known = await lookUp(kind, id) is { } record ? new Known(record, startedAt) : null;
            generation.Keep(id, known);
            generation.LookUpsById.TryRemove(id, out _);
            started.SetResult(known);
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
        private readonly ConcurrentDictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> _records;

        public Generation()
        {
            _records = _recordsById.GetAlternateLookup<ReadOnlySpan<char>>();
            LookUps = LookUpsById.GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public ConcurrentDictionary<string, Task<Known?>> LookUpsById { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, Task<Known?>>.AlternateLookup<ReadOnlySpan<char>> LookUps { get; }

        /// <summary>What is known of the token that this text claims to be; says nothing about its secret.</summary>
        public Known? Find(ReadOnlySpan<char> text)
            => text.Length == AccessToken.Length && _records.TryGetValue(text[..AccessToken.MaskedLength], out var known) ? known : null;

        public void Keep(string id, Known? known)
        {
            if (known is null)
            {
                _recordsById.TryRemove(id, out _);
                return;
            }

            if (_recordsById.Count >= MaxEntries)
            {
                _recordsById.Clear();
            }

            _recordsById[id] = known;
        }
    }

    private sealed class Known(TokenRecord record, long lookedUpAt)
    {
        public TokenRecord Record { get; } = record;

        public long LookedUpAt { get; } = lookedUpAt;

        /// <summary>The fingerprint of the token, once its secret was compared with the stored hash.</summary>
        public TokenFingerprint? Proved { get; set; }
    }
}
