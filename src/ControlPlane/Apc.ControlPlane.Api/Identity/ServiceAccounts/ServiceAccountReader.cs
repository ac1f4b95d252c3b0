using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

public sealed class ServiceAccountReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <exception cref="ServiceAccountNotFoundException">There is no such account in the named entity.</exception>
    public async Task<ServiceAccountRow> GetAsync(ServiceAccountRef wanted, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await db.ServiceAccounts.AsNoTracking().Where(s => s.Id == wanted.Id).WithNewestKey(db).ToListAsync(cancellationToken);
        wanted.Checked(found is [var one] ? one.Account : null, caller, ServiceAccountAction.Get);
        return ServiceAccountRow.Of(found[0].Account, found[0].PublicId);
    }

    /// <summary>The accounts that match, newest first.</summary>
    public async Task<IReadOnlyList<ServiceAccountRow>> ListAsync(ServiceAccountQuery query, CancellationToken cancellationToken)
    {
        // No label and no category has such characters, and the database refuses some of them.
        if (query.Search is { } text && !PlainText.IsPlain(text))
        {
            return [];
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var found = await Matching(db.ServiceAccounts.AsNoTracking(), query)
            .OrderByDescending(s => s.Id)
            .Take(query.Take)
            .WithNewestKey(db)
            .ToListAsync(cancellationToken);
        return [.. found.OrderByDescending(f => f.Account.Id).Select(f => ServiceAccountRow.Of(f.Account, f.PublicId))];
    }

    private static IQueryable<ServiceAccount> Matching(IQueryable<ServiceAccount> accounts, ServiceAccountQuery query)
    {
        accounts = query.Entity switch
        {
            { WorkspaceId: { } id } => accounts.Where(s => s.WorkspaceId == id),
            { DeploymentId: { } id } => accounts.Where(s => s.DeploymentId == id),
            { ClusterId: { } id } => accounts.Where(s => s.ClusterId == id),
            var entity => accounts.Where(s => s.EntityType == entity.Type),
        };

        if (query.Id is { } wanted)
        {
            accounts = accounts.Where(s => s.Id == wanted);
        }

        if (query.Active is { } active)
        {
            accounts = accounts.Where(s => s.Active == active);
        }

        if (query.Cursor is { } cursor)
        {
            accounts = accounts.Where(s => s.Id < cursor);
        }

        if (!string.IsNullOrEmpty(query.Search))
        {
            var pattern = LikePattern.Containing(query.Search);
            accounts = accounts.Where(s => EF.Functions.ILike(s.Label, pattern, "\\") || EF.Functions.ILike(s.Category!, pattern, "\\"));
        }

        return accounts;
    }
}

/// <summary>The conditions of a list of service accounts, of which all have to hold; a member that is null is no condition.</summary>
public sealed record ServiceAccountQuery
{
    /// <summary>The entity that they belong to; without an id, all entities of that type.</summary>
    public required ServiceAccountEntity Entity { get; init; }

    public Guid? Id { get; init; }

    /// <summary>Part of the label or of the category, without regard to case.</summary>
    public string? Search { get; init; }

    public bool? Active { get; init; }

    /// <summary>Most accounts of the answer.</summary>
    public required int Take { get; init; }

    /// <summary>The answer starts after this account.</summary>
    public Guid? Cursor { get; init; }
}

/// <summary>An account with the public id of its newest key.</summary>
internal sealed record AccountWithKey(ServiceAccount Account, string PublicId);

internal static class AccountsWithKeys
{
    public static IQueryable<AccountWithKey> WithNewestKey(this IQueryable<ServiceAccount> accounts, ControlPlaneDbContext db)
        => from account in accounts
           join key in db.ServiceAccountKeys on account.Id equals key.ServiceAccountId
           where key.ExpiresAt == null
           select new AccountWithKey(account, key.PublicId);
}
