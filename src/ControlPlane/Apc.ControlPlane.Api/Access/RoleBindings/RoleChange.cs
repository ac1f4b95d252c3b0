using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Role bindings that one change adds and removes: all of them or none, and one change after the other on all replicas.</summary>
/// <param name="change">Holds <see cref="Locks.Roles"/>, so that what it reads still holds when it is saved.</param>
/// <param name="departures">Closes the ways back of holders who lose roles.</param>
internal sealed class RoleChange(Change change, Departures departures)
{
    private readonly HashSet<RoleHolder> _losers = [];

    public Change Change => change;

    public ControlPlaneDbContext Db => change.Db;

    /// <summary>Runs the work under <see cref="Locks.Roles"/>, and then <see cref="Departures"/> for the holders who lost roles.</summary>
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

    /// <summary>The binding by which the holder has this role there; null if there is none.</summary>
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

    /// <summary>All bindings of this holder, but those through teams.</summary>
    public IQueryable<RoleBinding> HeldBy(RoleHolder holder) => change.Db.RoleBindings.Where(
        b => b.UserId == holder.UserId && b.ServiceAccountId == holder.ServiceAccountId && b.TeamId == holder.TeamId);

    public RoleBinding Give(RoleHolder holder, RoleGrant grant, DateTimeOffset now)
    {
        var binding = Bind(holder, grant, now);
        change.AddBinding(binding);
        change.Audit(RoleBindingAudit.Given(binding, grant.Role.Name));
        return binding;
    }

    /// <summary>A new binding, not added to any context.</summary>
    public static RoleBinding Bind(RoleHolder holder, RoleGrant grant, DateTimeOffset now) => new()
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

    public void Take(RoleBinding binding, string roleName)
    {
        change.RemoveBindings(binding);
        _losers.Add(RoleHolder.Of(binding));
        change.Audit(RoleBindingAudit.Taken(binding, roleName));
    }

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

/// <summary>Adds and removes role bindings. No other code does, and every change that does holds <see cref="Locks.Roles"/>.</summary>
internal static class RoleBindingChanges
{
    public static void AddBinding(this Change change, RoleBinding binding)
    {
        change.Require(Locks.Roles);
        change.Db.RoleBindings.Add(binding);
    }

    public static void RemoveBindings(this Change change, params IEnumerable<RoleBinding> bindings)
    {
        change.Require(Locks.Roles);
        change.Db.RoleBindings.RemoveRange(bindings);
    }
}

/// <summary>Rows of the audit trail about role bindings.</summary>
internal static class RoleBindingAudit
{
    public static AuditedChange Given(RoleBinding binding, string? roleName)
        => new("roleBinding.create", "roleBinding", binding.Id, roleName) { After = Shown(binding) };

    public static AuditedChange Taken(RoleBinding binding, string? roleName)
        => new("roleBinding.delete", "roleBinding", binding.Id, roleName) { Before = Shown(binding) };

    private static object Shown(RoleBinding b)
        => new { b.Role, b.CustomRoleId, b.UserId, b.ServiceAccountId, b.TeamId, b.WorkspaceId, b.DeploymentId, b.ClusterId };
}
