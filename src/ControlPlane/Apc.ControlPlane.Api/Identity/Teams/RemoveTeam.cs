using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Removes teams with their roles.</summary>
public sealed class RemoveTeam(Changes changes, TeamRoleRules rules, Departures departures)
{
    /// <summary>Removes a team, and returns its last state. Its members lose its roles with their next request.</summary>
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    /// <exception cref="TeamHasUsersException">It is a team of a sign-in provider and has members.</exception>
    /// <exception cref="DomainException">The roles of the team forbid it: see <see cref="TeamRoleRules"/>.</exception>
    public Task<Team> RunAsync(TeamReference reference, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var db = change.Db;
            var team = await reference.GetAsync(db, cancellationToken);
            await rules.ThrowUnlessMayChangeAsync(db, team.Id, caller, cancellationToken);
            var members = await TeamMembers.ReplaceAsync(db, team.Id, wanted: [], cancellationToken);

            if (!team.IsLocal && !members.IsEmpty)
            {
                throw new TeamHasUsersException(team.Provider);
            }

            var bindings = await db.RoleBindings.AsNoTracking()
                .Where(b => b.TeamId == team.Id)
                .OrderBy(b => b.CreatedAt)
                .ToListAsync(cancellationToken);

            // Members first: the rules below look for other admins while the roles of the team still exist.
            await members.SaveAsync(change, team.Id, team.UpdatedAt, cancellationToken);

            if (!members.IsEmpty)
            {
                await rules.ThrowUnlessMayLeaveAsync(db, team.Id, members.Leaving, caller, cancellationToken);
            }

            db.Teams.Remove(team);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("team.remove", "team", team.Id, team.Name)
            {
                Before = new
                {
                    team.Name,
                    team.Provider,
                    team.ExternalId,
                    team.Description,
                    UserIds = members.Leaving,
                    Roles = bindings.Select(b => new { b.Role, b.CustomRoleId, b.WorkspaceId, b.DeploymentId, b.ClusterId }),
                },
            });
            await change.SaveAsync(cancellationToken);
            await departures.OfUsersAsync(change, members.Leaving, cancellationToken);
            return team;
        }, cancellationToken);
}
