using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

[ObjectType<ServiceAccountRow>]
public static class ServiceAccountType
{
    /// <summary>
    /// The roles that the service account holds, oldest first: all of them for the account itself and with `system.serviceAccounts.get`,
    /// for others those in workspaces, deployments and clusters whose service accounts they may see.
    /// </summary>
    /// <param name="first">Only so many from the start.</param>
    /// <param name="last">Only so many from the end, after `first`.</param>
    /// <param name="before">Only those before the role binding with this id; all if there is no such binding.</param>
    /// <param name="after">Only those after the role binding with this id; all if there is no such binding.</param>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] ServiceAccountRow account,
        int? first,
        int? last,
        Uuid? before,
        Uuid? after,
        Caller caller,
        RoleBindingsByHolderDataLoader bindings,
        CancellationToken cancellationToken)
    {
        var all = await bindings.LoadAsync(RoleHolder.ServiceAccount(account.Id), cancellationToken) ?? [];
        var held = all.Where(b => RoleBindingVisibility.Shows(caller, b));

        if (after?.Id is { } start && held.Any(b => b.Id == start))
        {
            held = held.SkipWhile(b => b.Id != start).Skip(1);
        }

        if (before?.Id is { } end)
        {
            held = held.TakeWhile(b => b.Id != end);
        }

        held = first is { } head ? held.Take(head) : held;
        held = last is { } tail ? held.TakeLast(tail) : held;
        return [.. held];
    }

    /// <summary>The user who made the account; null if they are not known or were removed.</summary>
    public static async Task<UserRow?> GetCreatedByAsync(
        [Parent] ServiceAccountRow account, UserByIdDataLoader users, CancellationToken cancellationToken)
        => account.CreatedById is { } id ? await users.LoadAsync(id, cancellationToken) : null;

    /// <summary>
    /// Its keys, newest first: one, and after a rotation the previous one, which stays in this list until the next rotation even if it has
    /// ended.
    /// </summary>
    public static async Task<IReadOnlyList<ServiceAccountKeyRow>> GetKeysAsync(
        [Parent] ServiceAccountRow account, ServiceAccountKeysByAccountDataLoader keys, CancellationToken cancellationToken)
        => await keys.LoadAsync(account.Id, cancellationToken) ?? [];
}

[ObjectType<ServiceAccountKeyRow>]
public static class ServiceAccountKeyType
{
    /// <summary>The user who made the key; null if they are not known or were removed.</summary>
    public static async Task<UserRow?> GetCreatedByAsync(
        [Parent] ServiceAccountKeyRow key, UserByIdDataLoader users, CancellationToken cancellationToken)
        => key.CreatedById is { } id ? await users.LoadAsync(id, cancellationToken) : null;
}

[ObjectType<RoleBindingRow>]
public static class RoleBindingServiceAccountType
{
    /// <summary>The service account that holds the role; null if a user or a team holds it.</summary>
    public static async Task<ServiceAccountRow?> GetServiceAccountAsync(
        [Parent] RoleBindingRow binding, ServiceAccountByIdDataLoader accounts, CancellationToken cancellationToken)
        => binding.Holder.ServiceAccountId is { } id ? await accounts.LoadAsync(id, cancellationToken) : null;
}
