using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>What callers learn of a team that they came across: members and holders of <c>system.teams.get</c> everything, others what concerns their own workspaces and deployments.</summary>
public static class TeamVisibility
{
    private static readonly Permission UsersOfWorkspace = Permission.Named(Permissions.InWorkspace.UsersGet);
    private static readonly Permission UsersOfDeployment = Permission.Named(Permissions.InDeployment.UsersGet);

    /// <summary>Whether everything about the team is shown.</summary>
    public static async ValueTask<bool> ShowsAllAsync(
        Caller caller, Guid teamId, TeamMembershipDataLoader memberships, CancellationToken cancellationToken)
        => caller.Permissions.Holds(Permissions.TeamsGet)
            || (caller is { Kind: ActorKind.User, Id: { } userId } && await memberships.LoadAsync(new TeamMembership(teamId, userId), cancellationToken));

    /// <summary>Whether this role of the team opens the list of its members: they are people who have access there.</summary>
    public static bool ShowsUsers(Caller caller, RoleBindingRow binding) => binding switch
    {
        { WorkspaceId: { } id } => caller.Permissions.HoldsInWorkspace(id, UsersOfWorkspace),
        { DeploymentId: { } id } => caller.Permissions.HoldsInDeployment(id, UsersOfDeployment),
        _ => false,
    };
}
