using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

/// <summary>Makes and deletes the platform's own service accounts.</summary>
public sealed class ServiceAccountIssuer(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    TokenIssuer issuer,
    TokenVerifier verifier,
    RoleTable roles,
    AuditTrail audit,
    TimeProvider clock)
{
    /// <summary>Most characters of a label and of a category.</summary>
    public const int MaxTextLength = 255;

    /// <summary>Makes a service account with a system role.</summary>
    /// <returns>The account, and its key, readable this once.</returns>
    /// <exception cref="RoleInvalidException">The role is no system role.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the role gives.</exception>
    /// <exception cref="ServiceAccountTextInvalidException">The label or the category cannot be stored.</exception>
    public async Task<(ServiceAccount Account, IssuedToken Key)> CreateSystemAsync(
        string label, string? category, Role role, Caller caller, CancellationToken cancellationToken)
    {
        RoleInvalidException.ThrowUnlessBindable(new RoleGrant(role), roles);
        caller.RequireCovers(new RoleGrant(role));
        var key = issuer.IssueForServiceAccount();
        var now = clock.GetUtcNow();
        var account = new ServiceAccount
        {
            Id = Guid.CreateVersion7(now),
            Label = Text(label, nameof(label)),
            Category = string.IsNullOrEmpty(category) ? null : Text(category, nameof(category)),
            PublicId = key.PublicId,
            SecretHash = key.SecretHash,
            CreatedAt = now,
            UpdatedAt = now,
        };

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.ServiceAccounts.Add(account);
        db.RoleBindings.Add(new RoleBinding
        {
            Id = Guid.CreateVersion7(now),
            Role = role.Name,
            ServiceAccountId = account.Id,
            CreatedAt = now,
        });

        var row = audit.Add(db, caller, new AuditedChange("serviceAccount.create", "serviceAccount")
        {
            Operation = "createSystemServiceAccount",
            EntityId = account.Id,
            EntityName = account.Label,
            After = new { account.Label, account.Category, account.PublicId, Role = role.Name },
        });

        await db.SaveChangesAsync(cancellationToken);
        audit.Announce(row);
        return (account, key);
    }

    /// <summary>Deletes a service account with its roles. Its key is refused from the next request on, by other replicas within a second.</summary>
    /// <exception cref="ServiceAccountNotFoundException">There is none with this id.</exception>
    public async Task<ServiceAccount> DeleteSystemAsync(Guid id, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var account = await db.ServiceAccounts.SingleOrDefaultAsync(s => s.Id == id, cancellationToken)
            ?? throw new ServiceAccountNotFoundException();

        db.ServiceAccounts.Remove(account);
        var row = audit.Add(db, caller, new AuditedChange("serviceAccount.delete", "serviceAccount")
        {
            Operation = "deleteSystemServiceAccount",
            EntityId = account.Id,
            EntityName = account.Label,
            Before = new { account.Label, account.Category, account.PublicId },
        });

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Somebody else deleted it between the look and the delete.
            throw new ServiceAccountNotFoundException();
        }

        verifier.ForgetAll();
        audit.Announce(row);
        return account;
    }

    private static string Text(string text, string argument)
        => PlainText.Normalize(text, MaxTextLength) ?? throw new ServiceAccountTextInvalidException(argument);
}
