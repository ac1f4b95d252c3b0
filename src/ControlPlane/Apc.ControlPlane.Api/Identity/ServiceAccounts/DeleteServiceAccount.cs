using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Deletes a service account. Changes of one account wait for each other.</summary>
public sealed class DeleteServiceAccount(Changes changes, RoleTable roles)
{
    /// <summary>
    /// Deletes a service account with its keys and roles. Its keys are refused from the next request on, by other replicas within a second.
    /// </summary>
    /// <exception cref="ServiceAccountNotFoundException">There is no such account in the named entity.</exception>
    public Task<ServiceAccountRow> RunAsync(ServiceAccountRef wanted, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            var db = change.Db;
            var account = await db.LockAsync(wanted, caller, ServiceAccountAction.Delete, cancellationToken);
            var held = await ServiceAccountRoles.ReadAsync(db, account.Id, roles, cancellationToken);
            var keys = (await db.KeysOfAsync(account.Id, cancellationToken)).Select(k => k.PublicId).ToArray();

            // The database deletes keys and bindings with it; deleting them one by one could miss some that are added at this moment.
            db.ChangeTracker.Clear();
            await db.ServiceAccounts.Where(s => s.Id == account.Id).ExecuteDeleteAsync(cancellationToken);
            change.AffectsCallers = true;
            change.Audit(ServiceAccountAudit.Change("serviceAccount.delete", account) with
            {
                Before = ServiceAccountAudit.Shown(account, held.NamesOn(account.Entity), keys),
            });
            return ServiceAccountRow.Of(account, keys[0]);
        }, cancellationToken);
}
