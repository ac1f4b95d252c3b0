using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Apc.ControlPlane.Api.Access;

/// <summary>
/// The one way to change something: begins a transaction, takes locks, runs the work, saves, translates what the database refuses, commits, and then forgets what
/// callers were known to hold and announces the rows of the audit trail.
/// </summary>
public sealed class Changes(IDbContextFactory<ControlPlaneDbContext> contexts, ConstraintErrors errors, TokenVerifier verifier, AuditTrail audit)
{
    /// <summary>Runs the work in one transaction: all of it is stored when the work returns, and nothing when it throws.</summary>
    /// <param name="caller">Who does it.</param>
    /// <param name="locks">Taken before the work begins, in their own order.</param>
    /// <param name="work">Changes entities of the context; saving is optional.</param>
    /// <exception cref="DomainException">The work refused, or the database did because of a constraint.</exception>
    public async Task<T> RunAsync<T>(Caller caller, NamedLock[] locks, Func<Change, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var change = new Change(db, caller, audit);
        T result;

        foreach (var each in locks.OrderBy(l => l.Order))
        {
            await db.LockAsync(each, cancellationToken);
        }

        try
        {
            result = await work(change);

            if (change.IsAbandoned)
            {
                return result;
            }

            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e) when ((change.Explain(e) ?? errors.Explain(e)) is { } refusal)
        {
            throw refusal;
        }

        await transaction.CommitAsync(cancellationToken);

        if (change.AffectsCallers)
        {
            verifier.ForgetAll();
        }

        change.Announce();
        return result;
    }

    /// <inheritdoc cref="RunAsync{T}(Caller, NamedLock[], Func{Change, Task{T}}, CancellationToken)"/>
    public Task<T> RunAsync<T>(Caller caller, Func<Change, Task<T>> work, CancellationToken cancellationToken)
        => RunAsync(caller, [], work, cancellationToken);
}

/// <summary>A change under way, see <see cref="Changes"/>.</summary>
/// <param name="db">Saves it, in its transaction.</param>
/// <param name="caller">Who does it.</param>
/// <param name="audit">Gets its rows.</param>
public sealed class Change(ControlPlaneDbContext db, Caller caller, AuditTrail audit)
{
    private readonly List<AuditLog> _rows = [];
    private readonly Dictionary<string, Func<DomainException>> _violations = new(StringComparer.Ordinal);

    /// <summary>The context of the change.</summary>
    public ControlPlaneDbContext Db => db;

    /// <summary>Who does it.</summary>
    public Caller Caller => caller;

    /// <summary>Whether anything of it went into the audit trail.</summary>
    public bool HasRows => _rows.Count > 0;

    /// <summary>Whether what callers are known to hold is to be forgotten once it is committed.</summary>
    public bool AffectsCallers { get; set; }

    /// <summary>Whether nothing of it is to be stored after all.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Adds a row to the audit trail.</summary>
    public void Audit(AuditedChange what) => _rows.Add(audit.Add(db, caller, what));

    /// <summary>Takes rows along that are in the context already.</summary>
    public void Audit(IEnumerable<AuditLog> rows) => _rows.AddRange(rows);

    /// <summary>What is told of a violation of this constraint or unique index, where the table of all constraints does not say it well enough.</summary>
    public void OnViolation(string constraint, Func<DomainException> error) => _violations[constraint] = error;

    /// <summary>Saves what was changed so far, for work that goes on.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken);

    internal DomainException? Explain(Exception exception)
        => (exception as PostgresException ?? exception.InnerException as PostgresException)?.ConstraintName is { } constraint
            && _violations.TryGetValue(constraint, out var error) ? error() : null;

    internal void Announce() => _rows.ForEach(audit.Announce);
}
