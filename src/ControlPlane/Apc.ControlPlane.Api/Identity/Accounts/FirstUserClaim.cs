using System.Globalization;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Sealing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// The first user of a control plane becomes its System Admin. If strangers may reach the host, the first user has to give a code that was
/// printed at the start. All replicas over one database have the same code; it is deleted when it is used.
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

    // Not wanted by commands, which do not listen, nor for the admin of the configuration.
    private TaskCompletionSource<bool> _isWanted = Decided(false);

    private bool _hasFile;

    /// <summary>From now on first users wait for <see cref="DecideAsync"/>.</summary>
    public void BeginListening() => _isWanted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Decides whether the code is needed. If it is, and there are no users, it is made or found, and printed.</summary>
    public async Task DecideAsync(bool isReachedByStrangers, CancellationToken cancellationToken)
    {
        if (isReachedByStrangers)
        {
            await PrepareAsync(cancellationToken);
        }

        _isWanted.SetResult(isReachedByStrangers);
    }

    /// <summary>Refuses a first user who does not know the code. Failed attempts are limited.</summary>
    /// <exception cref="ClaimCodeRequiredException">The request has no code.</exception>
    /// <exception cref="ClaimCodeInvalidException">The code is wrong.</exception>
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
            // Claimed a moment ago, so the caller is not the first user.
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

    /// <summary>Deletes the code in the transaction that makes the first user.</summary>
    /// <exception cref="ClaimCodeInvalidException">The code is no longer valid: another has taken its place.</exception>
    public async Task TakeAsync(ControlPlaneDbContext db, string? code, CancellationToken cancellationToken)
    {
        if (!await _isWanted.Task.WaitAsync(cancellationToken))
        {
            // A replica that strangers reach may have made a code.
            await db.ClaimCodes.ExecuteDeleteAsync(cancellationToken);
            return;
        }

        var hash = OneTimeToken.HashOf(code);

        if (hash is null || await db.ClaimCodes.Where(c => c.Hash == hash).ExecuteDeleteAsync(cancellationToken) == 0)
        {
            throw new ClaimCodeInvalidException(WhereIs(stored: null));
        }
    }

    /// <summary>Deletes the file. Called when there is a first user.</summary>
    public void Forget()
    {
        if (_hasFile)
        {
            file.Delete();
            _hasFile = false;
        }
    }

    /// <summary>Deletes the file also if the first user was made through another replica.</summary>
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
            // The host stops; its next start looks again.
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
            // The next attempt is in LookEvery.
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Under the lock, so that all replicas have one code, and none is made beside a first user.
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
            // There is no code, or this host cannot read the one that another host printed.
            var token = OneTimeToken.Make();
            await db.ClaimCodes.ExecuteDeleteAsync(cancellationToken);
            db.ClaimCodes.Add(new ClaimCode { Hash = token.Hash, Sealed = seal.Seal(token.Text), CreatedAt = clock.GetUtcNow() });
            await db.SaveChangesAsync(cancellationToken);
            code = token.Text;
        }

        await transaction.CommitAsync(cancellationToken);
        file.Write(code);
        _hasFile = true;

        // Not through the log, because logs are kept and forwarded.
        await output.WriteLineAsync(
            $"Claim code, good for one use: {code} "
            + $"(the first user shows it: createUser(claimCode: …) or /account#claim={code}; also in {file.FullPath})");
        await output.FlushAsync(cancellationToken);
    }

    private string WhereIs(ClaimCode? stored) => stored switch
    {
        null => "Start the host again: it prints a new one.",
        _ when file.Read(stored.Hash) is not null
            => $"It is in the line \"Claim code\" that the host printed when it started, and in the file {file.FullPath}.",
        _ => string.Create(
            CultureInfo.InvariantCulture,
            $"It is in the line \"Claim code\" that a host over this database printed when it started, "
            + $"last at {stored.CreatedAt:yyyy-MM-dd HH:mm:ss} UTC."),
    };

    private static TaskCompletionSource<bool> Decided(bool isWanted)
    {
        var decided = new TaskCompletionSource<bool>();
        decided.SetResult(isWanted);
        return decided;
    }
}

/// <summary>The first user would be made without the claim code.</summary>
/// <param name="where">A sentence that says where the code is.</param>
public sealed class ClaimCodeRequiredException(string where) : DomainException(
    "CLAIM_CODE_REQUIRED",
    "Nobody has claimed this control plane yet, and it can be reached from beyond its machine: "
        + $"its first user needs the claim code. {where}");

/// <summary>The first user would be made with a wrong claim code.</summary>
/// <param name="where">A sentence that says where the right one is.</param>
public sealed class ClaimCodeInvalidException(string where) : DomainException("CLAIM_CODE_INVALID", $"The claim code is wrong. {where}");
