using System.Globalization;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Who reaches a control plane without users first would be its System Admin. Where strangers may reach it, the first user has to show a code that was
/// printed at the start. All replicas over one database have the same code; it is gone once it was used.
/// </summary>
public sealed class FirstUserClaim(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    ClaimCodeFile file,
    DatabaseSeal seal,
    SignInThrottle throttle,
    TimeProvider clock,
    TextWriter output) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    // Open for commands, which nobody reaches, and for the admin of the configuration.
    private TaskCompletionSource<bool> _isWanted = Decided(false);

    private bool _hasFile;

    /// <summary>From now on first users wait until it is known who can reach this host.</summary>
    public void BeginListening() => _isWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Says who can reach this host. Where strangers can, and there are no users, the code is made or found, and printed.</summary>
    public async Task DecideAsync(bool isReachedByStrangers, CancellationToken cancellationToken)
    {
        if (isReachedByStrangers)
        {
            await PrepareAsync(cancellationToken);
        }

        _isWanted.SetResult(isReachedByStrangers);
    }

    /// <summary>Refuses who would be the first user without knowing the code. Guessing is slowed.</summary>
    /// <exception cref="ClaimCodeRequiredException">There is no code in the request.</exception>
    /// <exception cref="ClaimCodeInvalidException">It is a wrong one.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task RequireAsync(ControlPlaneDbContext db, string? code, Caller caller, CancellationToken cancellationToken)
    {
        if (!await _isWanted.Task.WaitAsync(cancellationToken))
        {
            return;
        }

        var stored = await db.ClaimCodes.AsNoTracking().SingleOrDefaultAsync(cancellationToken);

        if (stored is null && await db.Users.AnyAsync(cancellationToken))
        {
            // Claimed a moment ago: who asks is not the first.
            return;
        }

        if (string.IsNullOrWhiteSpace(code))
        {
            throw new ClaimCodeRequiredException(WhereIs(stored));
        }

        var attempt = await throttle.BeginAsync(caller, cancellationToken);

        if (stored is null || OneTimeToken.HashOf(code) is not { } hash || !CryptographicOperations.FixedTimeEquals(hash, stored.Hash))
        {
            throw new ClaimCodeInvalidException(WhereIs(stored));
        }

        await attempt.RefundAsync(cancellationToken);
    }

    /// <summary>Uses the code up, in the transaction that makes the first user.</summary>
    /// <exception cref="ClaimCodeInvalidException">Another code took its place a moment ago.</exception>
    public async Task TakeAsync(ControlPlaneDbContext db, string? code, CancellationToken cancellationToken)
    {
        if (!await _isWanted.Task.WaitAsync(cancellationToken))
        {
            // Made by a replica that strangers reach.
            await db.ClaimCodes.ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var hash = OneTimeToken.HashOf(code);

        if (hash is null || await db.ClaimCodes.Where(c => c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            throw new ClaimCodeInvalidException(WhereIs(stored: null));
        }
    }

    /// <summary>There is a first user: the file goes.</summary>
    public void Forget()
    {
        if (_hasFile)
        {
            file.Delete();
            _hasFile = false;
        }
    }

    /// <summary>Has the file go, too, where the first user was made through another replica.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _isWanted.Task.WaitAsync(stoppingToken);

            while (_hasFile)
            {
                await Task.Delay(LookEvery, clock, stoppingToken);
                await ForgetIfClaimedAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends; its next start looks again.
        }
    }

    private async Task ForgetIfClaimedAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);

            if (await db.Users.AnyAsync(cancellationToken))
            {
                Forget();
            }
        }
        catch (Exception e) when (Common.Errors.DatabaseOutage.Is(e))
        {
            // The next look is soon.
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // In turn with other replicas, and with who makes the first user.
        await using var transaction = await db.BeginLockedAsync(Locks.Users, cancellationToken);
        var stored = await db.ClaimCodes.AsNoTracking().SingleOrDefaultAsync(cancellationToken);

        if (await db.Users.AnyAsync(cancellationToken))
        {
            await db.ClaimCodes.ExecuteDeleteAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            file.Delete();
            return;
        }

        var code = stored is null ? null : file.Read(stored.Hash) ?? seal.Open(stored.Sealed);

        if (code is null)
        {
            // None, or one that was printed elsewhere and that nobody here can know.
            var token = OneTimeToken.Make();
            await db.ClaimCodes.ExecuteDeleteAsync(cancellationToken);
            db.ClaimCodes.Add(new ClaimCode { Hash = token.Hash, Sealed = seal.Seal(token.Text), CreatedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
            code = token.Text;
        }

        await transaction.CommitAsync(cancellationToken);
        file.Write(code);
        _hasFile = true;

        // Not through the log, whose lines are kept: this one is worth nothing once the code was used.
        await output.WriteLineAsync($"Claim code, good for one use: {code} (the first user shows it: createUser(claimCode: …) or /account#claim={code}; also in {file.FullPath})");
        await output.FlushAsync(cancellationToken);
    }

    private string WhereIs(ClaimCode? stored) => stored switch
    {
        null => "Start the host again: it prints a new one.",
        _ when file.Read(stored.Hash) is not null => $"It is in the line \"Claim code\" that the host printed when it started, and in the file {file.FullPath}.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"It is in the line \"Claim code\" that a host over this database printed when it started, last at {stored.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC."),
    };

    private static TaskCompletionSource<bool> Decided(bool isWanted)
    {
        var decided = new TaskCompletionSource<bool>();
        decided.SetResult(isWanted);
        return decided;
    }
}
