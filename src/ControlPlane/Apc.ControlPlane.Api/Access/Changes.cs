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
/// The one way to change something: begins a transaction, takes locks, runs the work, saves, translates violations of constraints and
/// commits; then it empties the cache of verified tokens and writes the lines of the audit trail.
/// </summary>
public sealed class Changes(
    IDbContextFactory<ControlPlaneDbContext> contexts, ConstraintErrors errors, TokenVerifier verifier, AuditTrail audit)
{
    /// <summary>Runs the work in one transaction: all of it is stored when the work returns, and nothing when it throws.</summary>
    /// <param name="caller">Named in the audit trail.</param>
    /// <param name="locks">Taken before the work begins, in ascending <see cref="NamedLock.Order"/>.</param>
    /// <param name="work">Changes entities of the context, which is saved when the work returns.</param>
    /// <exception cref="DomainException">The work threw it, or it explains the constraint that the change violates.</exception>
    public async Task<T> RunAsync<T>(Caller caller, NamedLock[] locks, Func<Change, Task<T>> work, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var change = new Change(db, caller, locks, audit);
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
public sealed class Change(ControlPlaneDbContext db, Caller caller, NamedLock[] locks, AuditTrail audit)
{
    private readonly List<AuditLog> _rows = [];
    private readonly Dictionary<string, Func<DomainException>> _violations = new(StringComparer.Ordinal);

    /// <summary>The context, in the transaction of the change.</summary>
    public ControlPlaneDbContext Db => db;

    /// <summary>The caller who makes the change.</summary>
    public Caller Caller => caller;

    /// <summary>Whether the change has added rows to the audit trail.</summary>
    public bool HasRows => _rows.Count > 0;

    /// <summary>Whether the change affects users, tokens or roles: the cache of verified tokens is emptied after the commit.</summary>
    public bool AffectsCallers { get; set; }

    /// <summary>Whether the change is rolled back although the work returns.</summary>
    public bool IsAbandoned { get; set; }

    /// <summary>Throws unless the change has taken this lock.</summary>
    /// <exception cref="InvalidOperationException">The use case does not name the lock: a bug.</exception>
    public void Require(NamedLock needed)
    {
        if (!locks.Contains(needed))
        {
            throw new InvalidOperationException($"This change needs the lock '{needed.Name}'.");
        }
    }

    /// <summary>Adds a row to the audit trail.</summary>
    public void Audit(AuditedChange what) => _rows.Add(audit.Add(db, caller, what));

    /// <summary>Sets the error for a violation of this constraint, in place of the one in <see cref="ConstraintErrors"/>.</summary>
    public void OnViolation(string constraint, Func<DomainException> error) => _violations[constraint] = error;

    /// <summary>Saves early, for work that reads its own changes.</summary>
    public Task SaveAsync(CancellationToken cancellationToken) => db.SaveChangesAsync(cancellationToken);

    internal DomainException? Explain(Exception exception)
        => (exception as PostgresException ?? exception.InnerException as PostgresException)?.ConstraintName is { } constraint
            && _violations.TryGetValue(constraint, out var error) ? error() : null;

    internal void Announce() => _rows.ForEach(audit.Announce);
}
