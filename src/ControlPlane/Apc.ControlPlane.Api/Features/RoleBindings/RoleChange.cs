using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Apc.ControlPlane.Api.Features.RoleBindings;

/// <summary>Roles that one operation gives and takes: all of them or none, one operation after the other on all replicas.</summary>
/// <param name="db">Where to.</param>
/// <param name="transaction">Holds <see cref="AdvisoryLocks.Roles"/>, so that what was looked up before still stands when it is saved.</param>
/// <param name="departures">Asked what those leave behind who lose roles.</param>
/// <param name="audit">Gets a row for each binding.</param>
/// <param name="operation">The GraphQL operation that does it.</param>
/// <param name="caller">Who does it.</param>
internal sealed class RoleChange(
    ControlPlaneDbContext db, IDbContextTransaction transaction, Departures departures, AuditTrail audit, string operation, Caller caller) : IAsyncDisposable
{
    private readonly List<AuditLog> _rows = [];
    private readonly HashSet<RoleHolder> _losers = [];

    public ControlPlaneDbContext Db => db;

    /// <summary>Begins a change, in turn with all others.</summary>
    public static async Task<RoleChange> BeginAsync(
        IDbContextFactory<ControlPlaneDbContext> contexts,
        Departures departures,
        AuditTrail audit,
        string operation,
        Caller caller,
        CancellationToken cancellationToken)
    {
        var db = await contexts.CreateDbContextAsync(cancellationToken);

        try
        {
            return new RoleChange(db, await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken), departures, audit, operation, caller);
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>What this holder has been given of this role, in this place; null for nothing.</summary>
    public Task<RoleBinding?> FindAsync(RoleHolder holder, RoleGrant grant, CancellationToken cancellationToken)
    {
        var role = grant.Role.CustomRoleId is null ? grant.Role.Name : null;
        return HeldBy(holder)
            .Where(b => b.Role == role
                && b.CustomRoleId == grant.Role.CustomRoleId
                && b.WorkspaceId == grant.WorkspaceId
                && b.DeploymentId == grant.DeploymentId
                && b.ClusterId == grant.ClusterId)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Everything that this holder has been given.</summary>
    public IQueryable<RoleBinding> HeldBy(RoleHolder holder)
        => db.RoleBindings.Where(b => b.UserId == holder.UserId && b.ServiceAccountId == holder.ServiceAccountId && b.TeamId == holder.TeamId);

    public RoleBinding Give(RoleHolder holder, RoleGrant grant, DateTimeOffset now)
    {
        var binding = new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            Role = grant.Role.CustomRoleId is null ? grant.Role.Name : null,
            CustomRoleId = grant.Role.CustomRoleId,
            UserId = holder.UserId,
            ServiceAccountId = holder.ServiceAccountId,
            TeamId = holder.TeamId,
            WorkspaceId = grant.WorkspaceId,
            DeploymentId = grant.DeploymentId,
            ClusterId = grant.ClusterId,
            CreatedAt = now,
        };

        db.RoleBindings.Add(binding);
        _rows.Add(audit.Add(db, caller, RoleBindingAudit.Given(binding, grant.Role.Name, operation)));
        return binding;
    }

    public void Take(RoleBinding binding, string roleName)
    {
        db.RoleBindings.Remove(binding);
        _losers.Add(RoleHolder.Of(binding));
        _rows.Add(audit.Add(db, caller, RoleBindingAudit.Taken(binding, roleName, operation)));
    }

    /// <summary>Something else that belongs to the change, for the audit trail.</summary>
    public void Add(AuditedChange change) => _rows.Add(audit.Add(db, caller, change));

    /// <summary>Saves and commits.</summary>
    /// <exception cref="RoleBindingNotFoundException">What was to be taken is gone: its holder or what it was bound to was deleted meanwhile.</exception>
    /// <exception cref="Domain.DomainException">The holder, or what the role is bound to, does not exist.</exception>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await SettleAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RoleBindingNotFoundException();
        }
        catch (DbUpdateException e) when (e.InnerException is PostgresException { SqlState: PostgresErrorCodes.ForeignKeyViolation } violation)
        {
            throw RoleErrors.Missing(violation);
        }

        await transaction.CommitAsync(cancellationToken);
        _rows.ForEach(audit.Announce);
    }

    /// <summary>Nobody comes back by what they left behind.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        foreach (var holder in _losers)
        {
            _rows.AddRange(await departures.OfHolderAsync(db, holder, operation, caller, cancellationToken));
        }

        if (_losers.Count > 0)
        {
            await db.SaveChangesAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }
}
