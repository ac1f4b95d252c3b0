using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Features.Teams;

/// <summary>What callers learn of a team that they came across: members and holders of <c>system.teams.get</c> everything, others what concerns their own workspaces and deployments.</summary>
public static class TeamVisibility
{
    private static readonly Permission TeamsOfWorkspace = Permission.Named(Permissions.InWorkspace.TeamsGet);
    private static readonly Permission UsersOfWorkspace = Permission.Named(Permissions.InWorkspace.UsersGet);
    private static readonly Permission TeamsOfDeployment = Permission.Named(Permissions.InDeployment.TeamsGet);
    private static readonly Permission UsersOfDeployment = Permission.Named(Permissions.InDeployment.UsersGet);

    /// <summary>Whether everything about the team is shown.</summary>
    public static async ValueTask<bool> ShowsAllAsync(
        Caller caller, Guid teamId, TeamMembershipDataLoader memberships, CancellationToken cancellationToken)
        => caller.Permissions.Holds(Permissions.TeamsGet)
            || (caller is { Kind: ActorKind.User, Id: { } userId } && await memberships.LoadAsync(new TeamMembership(teamId, userId), cancellationToken));

    /// <summary>Whether a role of the team is shown to somebody to whom not everything is.</summary>
    public static bool ShowsRole(Caller caller, RoleBindingRow binding) => Holds(caller, binding, TeamsOfWorkspace, TeamsOfDeployment);

    /// <summary>Whether this role of the team opens the list of its members: they are people who have access there.</summary>
    public static bool ShowsUsers(Caller caller, RoleBindingRow binding) => Holds(caller, binding, UsersOfWorkspace, UsersOfDeployment);

    private static bool Holds(Caller caller, RoleBindingRow binding, Permission inWorkspace, Permission inDeployment) => binding switch
    {
        { WorkspaceId: { } id } => caller.Permissions.HoldsInWorkspace(id, inWorkspace),
        { DeploymentId: { } id } => caller.Permissions.HoldsInDeployment(id, inDeployment),
        _ => false,
    };
}
