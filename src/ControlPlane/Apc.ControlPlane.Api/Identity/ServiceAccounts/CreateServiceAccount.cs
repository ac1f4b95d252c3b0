using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Makes service accounts.</summary>
public sealed class CreateServiceAccount(
    Changes changes, TokenIssuer issuer, RoleTable roles, QuotaCounter quotas, TimeProvider clock)
{
    /// <summary>Makes a service account with one role, on what it belongs to.</summary>
    /// <param name="wanted">What was asked for.</param>
    /// <param name="caller">Who does it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>The account, and its key, readable this once.</returns>
    /// <exception cref="RoleInvalidException">The role is not for what the account would belong to.</exception>
    /// <exception cref="QuotaExceededException">Too many accounts and keys were made in the workspace.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="ServiceAccountTextInvalidException">The label or the category cannot be stored.</exception>
    /// <exception cref="ServiceAccountExpiryInvalidException">It would end in the past, or too late.</exception>
    /// <exception cref="DomainException">What the account would belong to does not exist.</exception>
    public async Task<(ServiceAccount Account, IssuedToken Key)> RunAsync(
        NewServiceAccount wanted, Caller caller, CancellationToken cancellationToken)
    {
        var grant = wanted.Entity.Grant(wanted.Role);
        RoleInvalidException.ThrowUnlessBindable(grant, roles);
        caller.RequireCovers(grant);
        await quotas.SpendKeyAsync(wanted.Entity.WorkspaceId, caller, cancellationToken);
        var now = clock.GetUtcNow();
        var key = issuer.IssueForServiceAccount();

        return await changes.RunAsync(caller, async change =>
        {
            var db = change.Db;
            var account = Make(wanted, await db.MakerAsync(caller, cancellationToken), now);

            // The row of a deleted deployment stays for a while; a foreign key would not notice.
            if (account.DeploymentId is { } deployment && !await db.Deployments.AnyAsync(d => d.Id == deployment && d.DeletedAt == null, cancellationToken))
            {
                throw new DeploymentNotFoundException();
            }

            db.ServiceAccounts.Add(account);
            db.ServiceAccountKeys.Add(key.RowFor(account.Id, account.CreatedById, now));
            db.RoleBindings.Add(ServiceAccountRoles.Bind(account, grant, now));
            change.Audit(new AuditedChange("serviceAccount.create", "serviceAccount")
            {
                EntityId = account.Id,
                EntityName = account.Label,
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
