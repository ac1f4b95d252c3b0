using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Teams;

[ObjectType<TeamRow>]
public static class TeamType
{
    /// <summary>
    /// The roles that the team holds, oldest first: all of them for its members and with `system.teams.get`, for others those in workspaces
    /// and deployments whose teams they may see.
    /// </summary>
    public static async Task<IReadOnlyList<RoleBindingRow>> GetRoleBindingsAsync(
        [Parent] TeamRow team,
        Caller caller,
        RoleBindingsByHolderDataLoader bindings,
        TeamMembershipDataLoader memberships,
        CancellationToken cancellationToken)
    {
        var all = await bindings.LoadAsync(RoleHolder.Team(team.Id), cancellationToken) ?? [];
        return await TeamVisibility.ShowsAllAsync(caller, team.Id, memberships, cancellationToken)
            ? all
            : [.. all.Where(b => RoleBindingVisibility.Shows(caller, b))];
    }

    /// <summary>
    /// The first 100 members, oldest user first; `teamUsers` has all. For members, with `system.teams.get`, and for those who may see the
    /// users of a workspace or deployment in which the team holds a role.
    /// </summary>
    public static async Task<IReadOnlyList<UserRow>?> GetUsersAsync(
        [Parent] TeamRow team,
        Caller caller,
        RoleBindingsByHolderDataLoader bindings,
        TeamUsersDataLoader users,
        TeamMembershipDataLoader memberships,
        CancellationToken cancellationToken)
    {
        if (!await TeamVisibility.ShowsAllAsync(caller, team.Id, memberships, cancellationToken))
        {
            var held = await bindings.LoadAsync(RoleHolder.Team(team.Id), cancellationToken) ?? [];

            if (!held.Any(b => TeamVisibility.ShowsUsers(caller, b)))
            {
                throw new PermissionDeniedException();
            }
        }

        return await users.LoadAsync(team.Id, cancellationToken) ?? [];
    }
}

[ObjectType<UserRow>]
public static class UserTeamsType
{
    /// <summary>The first 100 teams that the user is in, oldest team first. For the user and with `system.teams.get`.</summary>
    public static async Task<IReadOnlyList<TeamRow>?> GetTeamsAsync(
        [Parent] UserRow user, Caller caller, TeamsByUserIdDataLoader teams, CancellationToken cancellationToken)
    {
        if (!(caller.Kind == ActorKind.User && caller.Id == user.Id))
        {
            caller.Require(Permission.Named(Permissions.TeamsGet));
        }

        return await teams.LoadAsync(user.Id, cancellationToken) ?? [];
    }
}

[ObjectType<RoleBindingRow>]
public static class RoleBindingTeamType
{
    /// <summary>The team that holds the role; null if a user or a service account holds it.</summary>
    public static async Task<TeamRow?> GetTeamAsync(
        [Parent] RoleBindingRow binding, TeamByIdDataLoader teams, CancellationToken cancellationToken)
        => binding.Holder.TeamId is { } id ? await teams.LoadAsync(id, cancellationToken) : null;
}
