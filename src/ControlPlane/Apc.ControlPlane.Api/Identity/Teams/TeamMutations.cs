using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>A team that was made or changed.</summary>
/// <param name="Team">The team as it is now.</param>
/// <param name="Message">What was done, in one sentence.</param>
public sealed record TeamResult(TeamRow Team, string Message);

[MutationType]
public static class TeamMutations
{
    /// <summary>Makes a team.</summary>
    /// <param name="name">Its name: one line of 1 to 255 characters, unique in its provider whatever its case.</param>
    /// <param name="description">What it is for: up to 4,096 characters.</param>
    /// <param name="provider">Who decides about its members: `local` for this platform; `okta`, `auth0`, `microsoft`, `ida` or `adfs`; or the name of a configured sign-in provider.</param>
    /// <param name="userIds">Its members, for `local` only.</param>
    /// <param name="externalId">The id of the provider's group, exactly as the provider gives it, whose members are to be in the team. It cannot be changed later.</param>
    [Audited("team.create")]
    [RequiresPermission(Permissions.TeamsCreate)]
    [SpendsQuota("teams")]
    public static async Task<TeamResult?> CreateTeamAsync(
        string name,
        string? description,
        [GraphQLDefault("\"local\"")] string? provider,
        [GraphQLType("[ID]")] IReadOnlyList<Uuid?>? userIds,
        string? externalId,
        Caller caller,
        CreateTeam createTeam,
        CancellationToken cancellationToken)
    {
        var team = await createTeam.RunAsync(name, description, provider, externalId, TeamMembers.Named(userIds), caller, cancellationToken);
        return new TeamResult(TeamRow.Of(team), "The team was made.");
    }

    /// <summary>
    /// Changes a team, named by its id or by name and provider; what is not given stays. Takes everything that the roles of the team give. Nobody joins or
    /// leaves a team with a system role by their own doing.
    /// </summary>
    /// <param name="id">The team's id.</param>
    /// <param name="name">The team's name, in place of its id.</param>
    /// <param name="provider">The provider to which the name belongs.</param>
    /// <param name="newName">A new name: one line of 1 to 255 characters, unique in its provider whatever its case.</param>
    /// <param name="description">What the team is for: up to 4,096 characters, null or empty for nothing.</param>
    /// <param name="addUserIds">Users who join, for `local` teams only; members stay members.</param>
    /// <param name="removeUserIds">Users who leave, for `local` teams only; others are passed over.</param>
    /// <param name="userIds">All members from now on, in place of the two above.</param>
    /// <param name="externalId">The id of the provider's group, exactly as the provider gives it, for a team that is bound to none yet. It cannot be changed later.</param>
    [Audited("team.update")]
    [RequiresPermission(Permissions.TeamsUpdate)]
    public static async Task<TeamResult?> UpdateTeamAsync(
        Uuid? id,
        string? name,
        [GraphQLDefault("\"local\"")] string? provider,
        string? newName,
        Optional<string?> description,
        [GraphQLType("[ID]")] IReadOnlyList<Uuid?>? addUserIds,
        [GraphQLType("[ID]")] IReadOnlyList<Uuid?>? removeUserIds,
        [GraphQLType("[ID]")] IReadOnlyList<Uuid?>? userIds,
        string? externalId,
        Caller caller,
        UpdateTeam updateTeam,
        CancellationToken cancellationToken)
    {
        var change = new TeamChange
        {
            NewName = newName,
            Description = description,
            ExternalId = externalId,
            Members = userIds is null ? null : TeamMembers.Named(userIds),
            Added = TeamMembers.Named(addUserIds),
            Removed = TeamMembers.Named(removeUserIds),
        };
        var (team, isChanged) = await updateTeam.RunAsync(TeamReference.Of(id, name, provider, nameof(id)), change, caller, cancellationToken);
        return new TeamResult(TeamRow.Of(team), isChanged ? "The team was changed." : "Nothing was to be changed.");
    }

    /// <summary>
    /// Removes a team with its roles, named by its id or by name and provider, and answers with what it was. Takes everything that its roles give. A team
    /// of a sign-in provider has to be without users.
    /// </summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="name">The team's name, in place of its id.</param>
    /// <param name="provider">The provider to which the name belongs.</param>
    [Audited("team.remove")]
    [RequiresPermission(Permissions.TeamsRemove)]
    public static async Task<TeamRow?> RemoveTeamAsync(
        Uuid? teamUuid,
        string? name,
        [GraphQLDefault("\"local\"")] string? provider,
        Caller caller,
        RemoveTeam removeTeam,
        CancellationToken cancellationToken)
        => TeamRow.Of(await removeTeam.RunAsync(TeamReference.Of(teamUuid, name, provider, nameof(teamUuid)), caller, cancellationToken));

    /// <summary>Gives a team a role on the whole platform, which then counts for each of its members. Nobody gives one to a team that they are in.</summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER.</param>
    [Audited("roleBinding.create")]
    [RequiresPermission(Permissions.IamUpdate)]
    [SpendsQuota("roles")]
    public static async Task<RoleBindingRow?> CreateTeamSystemRoleBindingAsync(
        Uuid teamUuid, Role role, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.GiveAsync(
            RoleHolder.Team(teamUuid.Id ?? Guid.Empty), new RoleGrant(role), caller, cancellationToken), roles);

    /// <summary>Takes a role on the whole platform from a team, and answers with what was taken. One user has to stay SYSTEM_ADMIN; nobody takes one from a team that they are in.</summary>
    /// <param name="teamUuid">The team's id.</param>
    /// <param name="role">SYSTEM_ADMIN, SYSTEM_EDITOR or SYSTEM_VIEWER.</param>
    [Audited("roleBinding.delete")]
    [RequiresPermission(Permissions.IamUpdate)]
    public static async Task<RoleBindingRow?> DeleteTeamSystemRoleBindingAsync(
        Uuid teamUuid, Role role, Caller caller, RoleBinder binder, RoleTable roles, CancellationToken cancellationToken)
        => RoleBindingRow.Of(await binder.TakeAsync(
            RoleHolder.Team(teamUuid.Id ?? Guid.Empty), new RoleGrant(role), caller, cancellationToken), roles);
}
