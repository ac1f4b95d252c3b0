using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Adds a team to a workspace.</summary>
public sealed class WorkspaceAddTeam(Changes changes, RoleTable roles, Departures departures, TimeProvider clock)
{
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    /// <exception cref="WorkspaceMemberExistsException">The team is in the workspace already.</exception>
    /// <exception cref="DeploymentNotFoundException">A deployment is none of this workspace.</exception>
    /// <exception cref="RoleInvalidException">A role does not fit what it would be bound to.</exception>
    /// <exception cref="PermissionDeniedException">The caller does not hold everything that the roles give.</exception>
    public Task RunAsync(Guid teamId, NewMember member, Caller caller, CancellationToken cancellationToken)
    {
        member.ThrowUnlessGivenBy(caller, roles);
        return RoleChange.RunAsync(changes, departures, caller, async change =>
        {
            await member.AddAsync(change, RoleHolder.Team(teamId), "workspaceUpdateTeamRole", clock.GetUtcNow(), cancellationToken);
            return teamId;
        }, cancellationToken);
    }
}
