using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

public sealed class CreateServiceAccount(
    Changes changes, TokenIssuer issuer, RoleTable roles, QuotaCounter quotas, TimeProvider clock)
{
    /// <summary>Makes a service account with one role on its entity.</summary>
    /// <returns>The account, and its key, whose text is not stored.</returns>
    /// <exception cref="RoleInvalidException">The role cannot be bound to the entity.</exception>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="ServiceAccountTextInvalidException">The label or the category cannot be stored.</exception>
    /// <exception cref="ServiceAccountExpiryInvalidException">It would expire in the past, or too late.</exception>
    /// <exception cref="DomainException">The entity does not exist.</exception>
    public async Task<(ServiceAccount Account, IssuedToken Key)> RunAsync(
        NewServiceAccount wanted, Caller caller, CancellationToken cancellationToken)
    {
        var grant = wanted.Entity.Grant(wanted.Role);
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);
        await quotas.SpendKeyAsync(wanted.Entity.WorkspaceId, caller, cancellationToken);
        var now = clock.GetUtcNow();
        var key = issuer.IssueForServiceAccount();

        return await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var db = change.Db;
            var account = Make(wanted, await db.MakerAsync(caller, cancellationToken), now);

            // The foreign key does not refuse a deleted deployment, because its row is kept for a while.
            if (account.DeploymentId is { } deployment
                && !await db.Deployments.AnyAsync(d => d.Id == deployment && d.DeletedAt == null, cancellationToken))
            {
                throw new DeploymentNotFoundException();
            }

            db.ServiceAccounts.Add(account);
            db.ServiceAccountKeys.Add(key.RowFor(account.Id, account.CreatedById, now));
            change.AddBinding(RoleChange.Bind(RoleHolder.ServiceAccount(account.Id), grant, now));
            change.Audit(ServiceAccountAudit.Change("serviceAccount.create", account) with
            {
                After = ServiceAccountAudit.Shown(account, [wanted.Role.Name], [key.PublicId]),
            });
            return (account, key);
        }, cancellationToken);
    }

    private static ServiceAccount Make(NewServiceAccount wanted, Guid? createdById, DateTimeOffset now)
    {
        if (wanted.ExpiresAt is { } end && !ServiceAccountExpiry.IsAllowed(end, now))
        {
            throw new ServiceAccountExpiryInvalidException();
        }

        return new ServiceAccount
        {
            Id = Guid.CreateVersion7(now),
            Label = ServiceAccountTexts.Label(wanted.Label),
            Category = ServiceAccountTexts.Category(wanted.Category),
            EntityType = wanted.Entity.Type,
            WorkspaceId = wanted.Entity.WorkspaceId,
            DeploymentId = wanted.Entity.DeploymentId,
            ClusterId = wanted.Entity.ClusterId,
            ExpiresAt = wanted.ExpiresAt,
            CreatedById = createdById,
            CreatedAt = now,
            UpdatedAt = now,
        };
    }
}

/// <summary>The service account to make.</summary>
/// <param name="Entity">What it belongs to.</param>
/// <param name="Category">A word to group accounts by; null and empty for none.</param>
/// <param name="ExpiresAt">From when on its keys are refused; null for never.</param>
public sealed record NewServiceAccount(
    ServiceAccountEntity Entity, string Label, string? Category, Role Role, DateTimeOffset? ExpiresAt = null);
