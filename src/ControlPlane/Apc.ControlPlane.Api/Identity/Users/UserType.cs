using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Users;

[ObjectType<UserRow>]
public static class UserType
{
    /// <summary>The user's email addresses, oldest first.</summary>
    public static async Task<IReadOnlyList<EmailRow>> GetEmailsAsync(
        [Parent] UserRow user, EmailsByUserIdDataLoader emails, CancellationToken cancellationToken)
        => user.KnownEmails ?? await emails.LoadAsync(user.Id, cancellationToken) ?? [];

    /// <summary>Details that the user gave about themselves.</summary>
    public static IReadOnlyList<UserProfile> GetProfile([Parent] UserRow user)
        => user.FullName is null ? [] : [new UserProfile("fullName", user.FullName, "default")];

    /// <summary>
    /// The roles that the user holds, oldest first: all of them for the user and with `system.users.get`, for others those in workspaces
    /// and deployments whose users they may see. All users hold USER besides, without a binding.
    /// </summary>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] UserRow user, Caller caller, RoleBindingsByHolderDataLoader bindings, CancellationToken cancellationToken)
    {
        var held = await bindings.LoadAsync(RoleHolder.User(user.Id), cancellationToken) ?? [];
        return user.IsSelf ? held : [.. held.Where(b => RoleBindingVisibility.Shows(caller, b))];
    }
}

[ObjectType<EmailRow>]
public static class EmailType
{
    /// <summary>The user whose address it is; null for the address of a user who was just removed.</summary>
    public static async Task<UserRow?> GetUserAsync([Parent] EmailRow email, UserByIdDataLoader users, CancellationToken cancellationToken)
        => email.Owner is { } owner ? owner() : await users.LoadAsync(email.UserId, cancellationToken);
}

[ObjectType<RoleBindingRow>]
public static class RoleBindingUserType
{
    /// <summary>The user who holds the role; null if a service account or a team holds it.</summary>
    public static async Task<UserRow?> GetUserAsync(
        [Parent] RoleBindingRow binding, UserByIdDataLoader users, CancellationToken cancellationToken)
        => binding.Holder.UserId is { } id ? await users.LoadAsync(id, cancellationToken) : null;
}
