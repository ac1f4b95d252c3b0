using Apc.ControlPlane.Api.Access.Tokens;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>How long a token shall live, as callers say it.</summary>
public static class TokenDuration
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>The time that a number of milliseconds stands for; null, for the longest, where none is given.</summary>
    /// <exception cref="TokenDurationInvalidException">It is under a minute or over 24 hours.</exception>
    public static TimeSpan? Of(int? milliseconds)
    {
        if (milliseconds is not { } given)
        {
            return null;
        }

        var duration = TimeSpan.FromMilliseconds(given);
        return duration >= Shortest && duration <= TokenIssuer.UserTokenLifetime ? duration : throw new TokenDurationInvalidException();
    }
}
