using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Changes a service account. Changes of one account wait for each other.</summary>
public sealed class UpdateServiceAccount(
    Changes changes, RoleTable roles, Departures departures, TimeProvider clock)
{
    /// <summary>Changes a service account. Where nothing would be different nothing is written.</summary>
    /// <param name="wanted">Which account.</param>
    /// <param name="to">What is to be different.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="ServiceAccountNotFoundException">There is none, there.</exception>
    /// <exception cref="ServiceAccountTextInvalidException">The label or the category cannot be stored.</exception>
    /// <exception cref="RoleInvalidException">The role is not for what the account belongs to.</exception>
    /// <exception cref="OwnRoleException">It is a system role, and the account is the caller.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give which the account would lose and get.</exception>
    public Task<ServiceAccountRow> RunAsync(
        ServiceAccountRef wanted, ServiceAccountChange to, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            var db = change.Db;
            var account = await db.LockAsync(wanted, caller, ServiceAccountAction.Update, cancellationToken);
            var held = await ServiceAccountRoles.ReadAsync(db, account.Id, roles, cancellationToken);
            var keys = (await db.KeysOfAsync(account.Id, cancellationToken)).Select(k => k.PublicId).ToArray();
            var before = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), keys);
            var now = clock.GetUtcNow();

            account.Label = to.Label is { } label ? ServiceAccountTexts.Label(label) : account.Label;
            account.Category = to.Category.HasValue ? ServiceAccountTexts.Category(to.Category.Value) : account.Category;
            account.Active = to.Active ?? account.Active;
            var roleNames = to.Role is { } role
                ? await SetRoleAsync(db, account, held, role, caller, now, cancellationToken)
                : held.NamesOn(account.Entity);

            if (db.ChangeTracker.HasChanges())
            {
                account.UpdatedAt = now;
                change.AffectsCallers = true;
                change.Audit(ServiceAccountAudit.Change("serviceAccount.update", account) with { Before = before, After = ServiceAccountAudit.Shown(account, roleNames, keys) });
                await change.SaveAsync(cancellationToken);
                await departures.OfServiceAccountAsync(change, account.Id, cancellationToken);
            }

            return ServiceAccountRow.Of(account, keys[0]);
        }, cancellationToken);

    /// <summary>Has the account hold this one role on what it belongs to; roles that it holds elsewhere stay.</summary>
    /// <returns>The names of its roles there.</returns>
    private async Task<IEnumerable<string>> SetRoleAsync(
        ControlPlaneDbContext db,
        ServiceAccount account,
        ServiceAccountRoles held,
        Role role,
        Caller caller,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var grant = account.Entity.Grant(role);
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        var there = held.Bindings.Where(account.Entity.IsScopeOf).ToArray();

        if (there is [var only] && only.Role == role.Name)
        {
            return [role.Name];
        }

        await SystemRoleRules.ThrowIfOwnAsync(db, RoleHolder.ServiceAccount(account.Id), grant, caller, cancellationToken);
        caller.RequireCovers(grant);
        held.RequireCoveredBy(caller);
        db.RoleBindings.RemoveRange(there.Where(b => b.Role != role.Name));

        if (there.All(b => b.Role != role.Name))
        {
            db.RoleBindings.Add(ServiceAccountRoles.Bind(account, grant, now));
        }

        return [role.Name];
    }
}
