using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Lets users in: by password, or right after they were made.</summary>
public sealed partial class UserSignIn(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    PasswordVerifier passwords,
    SignInThrottle throttle,
    TokenIssuer issuer,
    TokenVerifier verifier,
    KnownAddresses known,
    IOptions<QuotaOptions> quotas,
    AuditTrail audit,
    ILogger<UserSignIn> logger)
{
    /// <summary>Checks name and password and begins a session.</summary>
    /// <param name="identity">User name or address.</param>
    /// <param name="password">As typed.</param>
    /// <param name="lifetime">How long the token lives; null for the longest.</param>
    /// <param name="caller">Where the attempt comes from.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="InvalidCredentialsException">Nobody has this password under this name; no word on which of the two is wrong.</exception>
    /// <exception cref="EmailNotConfirmedException">Both are right, but the user has yet to confirm their address.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts failed.</exception>
    public async Task<UserSession> SignInAsync(
        string identity, string password, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        throttle.ThrowIfRefusedLately(caller);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // The same statements and one check of a password for everybody, so that all refusals take the same time.
        var found = await db.FindUserIdAsync(identity, cancellationToken);
        var attempt = await throttle.BeginAsync(identity, found, caller, cancellationToken);
        var id = found ?? Guid.Empty;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);

        var check = passwords.Check(user?.PasswordHash, password);

        if (check is PasswordCheck.Wrong || user is null)
        {
            LogRefused(user?.Id, caller.Address);
            throw new InvalidCredentialsException();
        }

        await attempt.RefundAsync(cancellationToken);

        if (user.Status is not UserStatus.Active)
        {
            throw new EmailNotConfirmedException();
        }

        var session = await BeginAsync(user, lifetime, caller, cancellationToken);

        if (check is PasswordCheck.RightButOutdated)
        {
            // Only now is the password at hand. Another that was chosen meanwhile stays.
            var (outdated, renewed) = (user.PasswordHash, passwords.Hash(password));
            await db.Users
                .Where(u => u.Id == user.Id && u.PasswordHash == outdated)
                .ExecuteUpdateAsync(set => set.SetProperty(u => u.PasswordHash, renewed), cancellationToken);
        }

        return session;
    }

    /// <summary>Begins a session of a user who has proved who they are.</summary>
    public async Task<UserSession> BeginAsync(
        User user, TimeSpan? lifetime, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var (token, row) = issuer.IssueForUser(user.Id, lifetime);
        db.UserTokens.Add(row);

        var who = caller.SignedInAs(user.Id, user.Username, AccessToken.Mask(AccessTokenKind.User, row.PublicId));
        var signedIn = audit.Add(db, who, new AuditedChange("user.signIn", "user")
        {
            EntityId = user.Id,
            EntityName = user.Username,
            After = new { row.PublicId, row.ExpiresAt },
        });

        await db.SaveChangesAsync(cancellationToken);
        audit.Announce(signedIn);

        await EndOtherSessionsAsync(db, row, quotas.Value.SessionsPerUser, cancellationToken);
        await known.RememberAsync(user.Id, caller, cancellationToken);

        var signedInCaller = await verifier.VerifyAsync(token.Text, cancellationToken);
        return new UserSession(user, token, row.CreatedAt, row.ExpiresAt, signedInCaller.Permissions);
    }

    /// <summary>Sweeps out what has expired, and ends the oldest of too many: a program that signs in again and again keeps working, and the table stays small.</summary>
    private static Task<int> EndOtherSessionsAsync(ControlPlaneDbContext db, UserToken begun, int most, CancellationToken cancellationToken)
    {
        var others = db.UserTokens.Where(t => t.UserId == begun.UserId && t.PublicId != begun.PublicId);
        var surplus = others.Where(t => t.ExpiresAt > begun.CreatedAt)
            .OrderByDescending(t => t.CreatedAt).ThenBy(t => t.PublicId)
            .Skip(most - 1).Select(t => t.PublicId);
        return others.Where(t => t.ExpiresAt <= begun.CreatedAt || surplus.Contains(t.PublicId)).ExecuteDeleteAsync(cancellationToken);
    }

    // What was typed is not logged: people type passwords where names belong.
    [LoggerMessage(LogLevel.Warning, "A sign-in was refused for user {UserId} from {Address}.")]
    private partial void LogRefused(Guid? userId, string? address);
}
