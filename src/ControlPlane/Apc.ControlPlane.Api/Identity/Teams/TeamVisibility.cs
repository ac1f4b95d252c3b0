using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>
/// What callers see of a team: members and holders of <c>system.teams.get</c> see everything, other callers what concerns workspaces and
/// deployments where they may see the members.
/// </summary>
public static class TeamVisibility
{
    private static readonly Permission UsersOfWorkspace = Permission.Named(Permissions.InWorkspace.UsersGet);
    private static readonly Permission UsersOfDeployment = Permission.Named(Permissions.InDeployment.UsersGet);

    /// <summary>Whether everything about the team is shown.</summary>
    public static async ValueTask<bool> ShowsAllAsync(
        Caller caller, Guid teamId, TeamMembershipDataLoader memberships, CancellationToken cancellationToken)
        => caller.Permissions.Holds(Permissions.TeamsGet)
            || (caller is { Kind: ActorKind.User, Id: { } userId }
                && await memberships.LoadAsync(new TeamMembership(teamId, userId), cancellationToken));

    /// <summary>Whether this role of the team shows its members to the caller, who may see the users of the place.</summary>
    public static bool ShowsUsers(Caller caller, RoleBindingRow binding) => binding switch
    {
        { WorkspaceId: { } id } => caller.Permissions.HoldsInWorkspace(id, UsersOfWorkspace),
        { DeploymentId: { } id } => caller.Permissions.HoldsInDeployment(id, UsersOfDeployment),
        _ => false,
    };
}
