using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Codes for which a browser gets a token: 256 bits, valid once, for a minute, in the browser for which they were made.</summary>
/// <remarks>
/// The page gets the code in the fragment of an address, which no server and no log sees. A cookie that is set with it binds it to the
/// browser, so that an attacker cannot sign others in as themselves by sending them such an address.
/// </remarks>
public sealed class SignInCodes(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    /// <summary>Makes a code, and the value of the cookie for the browser.</summary>
    /// <param name="tokenDuration">Lifetime of the token, in milliseconds; null for the longest.</param>
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

    /// <summary>Returns the row of a code and deletes it, even if the code is refused.</summary>
    /// <param name="browser">The value of the cookie; null if there is none.</param>
    /// <exception cref="SignInCodeInvalidException">There is no such code, it is too old, or it belongs to another browser.</exception>
    public async Task<SignInCode> RedeemAsync(string code, string? browser, CancellationToken cancellationToken)
    {
        var hash = OneTimeToken.HashOf(code) ?? throw new SignInCodeInvalidException();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // One statement, so that of two requests with the same code only one finds it.
        var found = await db.SignInCodes
            .FromSqlRaw(SignInCodeSql.Take, hash)
            .AsNoTracking()
            .ToListAsync(cancellationToken);

        return found is [var row]
            && row.ExpiresAt > clock.GetUtcNow()
            && CryptographicOperations.FixedTimeEquals(row.BrowserHash, OneTimeToken.HashOf(browser))
            ? row
            : throw new SignInCodeInvalidException();
    }
}
