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
    /// The roles that the service account holds, oldest first: all of them for the account itself and with `system.serviceAccounts.get`, for others those in
    /// workspaces, deployments and clusters whose service accounts they may see.
    /// </summary>
    /// <param name="first">The first so many.</param>
    /// <param name="last">The last so many of them.</param>
    /// <param name="before">Those before the role binding with this id; all where there is none.</param>
    /// <param name="after">Those after the role binding with this id; all where there is none.</param>
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

    /// <summary>The person who made the account; null where that is not known, and where they were removed.</summary>
    public static async Task<UserRow?> GetCreatedByAsync([Parent] ServiceAccountRow account, UserByIdDataLoader users, CancellationToken cancellationToken)
        => account.CreatedById is { } id ? await users.LoadAsync(id, cancellationToken) : null;

    /// <summary>Its keys, newest first: one, and after a rotation the one before it, which stays on this list when it has ended until the next rotation.</summary>
    public static async Task<IReadOnlyList<ServiceAccountKeyRow>> GetKeysAsync(
        [Parent] ServiceAccountRow account, ServiceAccountKeysByAccountDataLoader keys, CancellationToken cancellationToken)
        => await keys.LoadAsync(account.Id, cancellationToken) ?? [];
}

[ObjectType<ServiceAccountKeyRow>]
public static class ServiceAccountKeyType
{
    /// <summary>The person who made the key; null where that is not known, and where they were removed.</summary>
    public static async Task<UserRow?> GetCreatedByAsync([Parent] ServiceAccountKeyRow key, UserByIdDataLoader users, CancellationToken cancellationToken)
        => key.CreatedById is { } id ? await users.LoadAsync(id, cancellationToken) : null;
}
