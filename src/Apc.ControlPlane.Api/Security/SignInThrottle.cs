using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Security;

/// <summary>Slows guessing down: after 5 failures in 5 minutes for one identity, or 20 from one address, sign-ins are refused until the oldest is 5 minutes old.</summary>
/// <remarks>
/// An attempt counts as a failure from its start, so that parallel guesses do not slip through while passwords are being checked. Each replica
/// counts for itself. The memory is bounded; when it is full, whoever failed longest ago is forgotten first.
/// </remarks>
public sealed class SignInThrottle(TimeProvider clock)
{
    /// <summary>How long a failure counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    /// <summary>Failures after which an identity has to wait.</summary>
    public const int FailuresPerIdentity = 5;

    /// <summary>Failures after which an address has to wait.</summary>
    public const int FailuresPerAddress = 20;

    private readonly Lock _lock = new();
    private readonly FailureWindows _identities = new(FailuresPerIdentity, Window);
    private readonly FailureWindows _addresses = new(FailuresPerAddress, Window);

    /// <summary>Begins an attempt.</summary>
    /// <param name="identity">
    /// User name or address as given; only its key counts. Null where the attempt names nobody, as with the token of a link; then only the
    /// address counts.
    /// </param>
    /// <param name="address">The caller's network address; null where there is none, then only the identity counts.</param>
    /// <exception cref="SignInThrottledException">Too many attempts failed.</exception>
    public void Begin(string? identity, string? address)
    {
        var now = clock.GetUtcNow();
        var key = Key(identity);

        lock (_lock)
        {
            var wait = key is null ? TimeSpan.Zero : _identities.Wait(key, now);

            if (address is not null && _addresses.Wait(address, now) is var other && other > wait)
            {
                wait = other;
            }

            if (wait > TimeSpan.Zero)
            {
                throw new SignInThrottledException(wait);
            }

            if (key is not null)
            {
                _identities.Add(key, now);
            }

            if (address is not null)
            {
                _addresses.Add(address, now);
            }
        }
    }

    /// <summary>The attempt succeeded: the identity starts afresh, and the attempt no longer counts against the address.</summary>
    public void Succeeded(string? identity, string? address)
    {
        lock (_lock)
        {
            if (Key(identity) is { } key)
            {
                _identities.Clear(key);
            }

            if (address is not null)
            {
                _addresses.RemoveNewest(address);
            }
        }
    }

    // Nobody can have a longer one; cut, a made-up one cannot fill the memory.
    private static string? Key(string? identity)
    {
        var key = identity?.Trim();
        return key is null ? null : NameKey.Of(key[..Math.Min(key.Length, EmailAddress.MaxLength)]);
    }
}
