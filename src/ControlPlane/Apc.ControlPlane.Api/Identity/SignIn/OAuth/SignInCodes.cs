using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Codes for which a browser gets a token: 256 bits, good for one use within a minute, by the browser that they were made for.</summary>
/// <remarks>
/// The code goes to the page in the fragment of an address, which no server and no log sees. A cookie of the callback's binds it to the browser, so that nobody
/// signs others in as themselves by sending them such an address.
/// </remarks>
public sealed class SignInCodes(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
{
    /// <summary>How long a code is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>A new code, and the value of the cookie that goes with it.</summary>
    /// <param name="userId">Who signed in.</param>
    /// <param name="tokenDuration">Life of the token, in milliseconds; null for the longest.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    public async Task<(string Code, string Browser)> IssueAsync(Guid userId, int? tokenDuration, CancellationToken cancellationToken)
    {
        var (code, browser, now) = (OneTimeToken.Make(), OneTimeToken.Make(), clock.GetUtcNow());
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.SignInCodes.Where(c => c.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
        db.SignInCodes.Add(new SignInCode
        {
            CodeHash = code.Hash,
            BrowserHash = browser.Hash,
            UserId = userId,
            ExpiresAt = now + Lifetime,
            TokenDuration = tokenDuration,
        });
        await db.SaveChangesAsync(cancellationToken);
        return (code.Text, browser.Text);
    }

    /// <summary>Uses the code up, whether it fits or not.</summary>
    /// <param name="code">As it came.</param>
    /// <param name="browser">The cookie; null where there is none.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="SignInCodeInvalidException">There is no such code, it is too old, or it belongs to another browser.</exception>
    public async Task<SignInCode> RedeemAsync(string code, string? browser, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(code) ?? throw new SignInCodeInvalidException();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // One statement: of two that come with the same code, one finds it.
        var found = await db.SignInCodes
            .FromSqlRaw(SignInCodeSql.Take, hash)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        return found is [var row] && row.ExpiresAt > clock.GetUtcNow() && CryptographicOperations.FixedTimeEquals(row.BrowserHash, OneTimeToken.HashOf(browser))
            ? row
            : throw new SignInCodeInvalidException();
    }
}
