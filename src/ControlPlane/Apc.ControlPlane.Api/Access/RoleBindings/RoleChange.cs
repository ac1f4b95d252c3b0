using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Roles that one change gives and takes: all of them or none, one change after the other on all replicas.</summary>
/// <param name="change">Holds <see cref="Locks.Roles"/>, so that what was looked up before still stands when it is saved.</param>
/// <param name="departures">Asked what those leave behind who lose roles.</param>
internal sealed class RoleChange(Change change, Departures departures)
{
    private readonly HashSet<RoleHolder> _losers = [];

    public Change Change => change;

    public ControlPlaneDbContext Db => change.Db;

    /// <summary>Runs the work in turn with all other changes of roles, and then has those who lost some leave no door open.</summary>
    /// <inheritdoc cref="Changes.RunAsync{T}(Caller, NamedLock[], Func{Change, Task{T}}, CancellationToken)"/>
    public static Task<T> RunAsync<T>(
        Changes changes, Departures departures, Caller caller, Func<RoleChange, Task<T>> work, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var roles = new RoleChange(change, departures);
            var result = await work(roles);
            await roles.SettleAsync(cancellationToken);
            change.AffectsCallers = change.HasRows;
            return result;
        }, cancellationToken);

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
        => change.Db.RoleBindings.Where(b => b.UserId == holder.UserId && b.ServiceAccountId == holder.ServiceAccountId && b.TeamId == holder.TeamId);

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

        change.Db.RoleBindings.Add(binding);
        change.Audit(RoleBindingAudit.Given(binding, grant.Role.Name));
        return binding;
    }

    public void Take(RoleBinding binding, string roleName)
    {
        change.Db.RoleBindings.Remove(binding);
        _losers.Add(RoleHolder.Of(binding));
        change.Audit(RoleBindingAudit.Taken(binding, roleName));
    }

    /// <summary>Nobody comes back by what they left behind.</summary>
    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        if (_losers.Count == 0)
        {
            return;
        }

        await change.SaveAsync(cancellationToken);

        foreach (var holder in _losers)
        {
            await departures.OfHolderAsync(change, holder, cancellationToken);
        }
    }
}
