using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Access.Tokens;

/// <summary>Turns the text of a token into its caller.</summary>
/// <remarks>
/// A look-up is believed for a second, so that a revocation or a changed role takes effect within a second on every replica. A token in
/// steady use is looked up again before that, in the background, so that no request waits. Not the token itself but a fingerprint of it is
/// kept, which recognizes the next use without hashing the secret again. For network addresses that show too many unknown tokens, only
/// tokens proved before on this replica are looked up.
/// </remarks>
public sealed class TokenVerifier(TokenLookUp lookUp, ServiceAccountUsage usage, TimeProvider clock, QuotaCounter? quotas = null)
{
    /// <summary>How long a look-up is believed.</summary>
    public static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(1);

    // Tokens used within one second; beyond it the cache starts anew, at the price of new look-ups.
    private const int MaxEntries = 10_000;

    private readonly long _believedFor = ToTimestampUnits(BelievedFor, clock);
    private readonly long _refreshAfter = ToTimestampUnits(BelievedFor / 2, clock);
    private readonly ConcurrentDictionary<string, bool> _provedIds = new(StringComparer.Ordinal);
    private volatile Generation _current = new();

    /// <summary>
    /// The caller to whom the token belongs; <see cref="Caller.Anonymous"/> for anything but a valid token. Cancelling ends the wait, not
    /// the look-up, which other requests may share.
    /// </summary>
    /// <param name="text">A token without scheme.</param>
    public ValueTask<Caller> VerifyAsync(ReadOnlySpan<char> text, CancellationToken cancellationToken)
        => VerifyAsync(text, from: null, cancellationToken);

    /// <summary>The same for a request from this network address; null for an unknown one.</summary>
    public ValueTask<Caller> VerifyAsync(ReadOnlySpan<char> text, IPAddress? from, CancellationToken cancellationToken)
    {
        var current = _current;
        var known = current.Find(text);

        // A token in steady use: neither parsed nor hashed again.
        if (known is not null && Age(known) <= _refreshAfter && known.Proved?.Matches(text) == true)
        {
            return new(Admit(known.Record));
        }

        if (!AccessToken.TryParse(text, out var token))
        {
            return new(Caller.Anonymous);
        }

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

    /// <summary>Forgets all look-ups, so that the next request to this replica sees a change just committed.</summary>
    public void ForgetAll() => _current = new Generation();

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

            if (_provedIds.Count >= MaxEntries)
            {
                _provedIds.Clear();
            }

            _provedIds.TryAdd(known.Record.Caller.TokenId ?? "", true);
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

    private long Age(Known known) => clock.GetTimestamp() - known.LookedUpAt;

    /// <summary>The look-up of this token that is under way, or a new one.</summary>
    private Task<Known?> LookUp(Generation generation, AccessTokenKind kind, ReadOnlySpan<char> masked)
    {
        if (generation.LookUps.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(masked, out var running))
        {
            return running;
        }

        var id = masked.ToString();
        var started = new TaskCompletionSource<Known?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = generation.LookUps.GetOrAdd(id, started.Task);

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
            // Without a cancellation token, because several requests may wait for this look-up. It has a time limit of its own.
            var known = await lookUp(kind, id) is { } record ? new Known(record, startedAt) : null;
            generation.Keep(id, known);
            generation.LookUps.TryRemove(id, out _);
            started.SetResult(known);
        }
        catch (Exception e)
        {
            generation.LookUps.TryRemove(id, out _);
            started.SetException(e);

            // Observed, because no request waits for a refresh; the next request that has to wait reports the failure.
            _ = started.Task.Exception;
        }
    }

    private static long ToTimestampUnits(TimeSpan time, TimeProvider clock) => (long)(time.TotalSeconds * clock.TimestampFrequency);

    /// <summary>
    /// Look-ups since the last <see cref="ForgetAll"/>; the result of an earlier one goes to a generation that is no longer read.
    /// </summary>
    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, Known> _recordsById = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, Known>.AlternateLookup<ReadOnlySpan<char>> _records;

        public Generation() => _records = _recordsById.GetAlternateLookup<ReadOnlySpan<char>>();

        /// <summary>Look-ups under way, by prefix and public id.</summary>
        public ConcurrentDictionary<string, Task<Known?>> LookUps { get; } = new(StringComparer.Ordinal);

        /// <summary>The token whose public id the text has; the secret is not compared.</summary>
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
        public TokenRecord Record => record;

        public long LookedUpAt => lookedUpAt;

        /// <summary>The fingerprint of the token; null until its secret was compared with the stored hash.</summary>
        public TokenFingerprint? Proved { get; set; }
    }
}
