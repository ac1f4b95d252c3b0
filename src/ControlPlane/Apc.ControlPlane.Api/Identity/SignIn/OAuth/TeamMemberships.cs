using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>Brings the teams of a person in line with the groups that a provider says they are in. Teams of others are left alone.</summary>
/// <remarks>
/// Who may hold no system role does not join a team that has one, and who is the last System Admin does not leave the team that makes them it, whatever
/// the provider says.
/// </remarks>
public sealed partial class TeamMemberships(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    SystemRoleRules systemRoles,
    GroupTeams groupTeams,
    Departures departures,
    ILogger<TeamMemberships> logger,
    TimeProvider clock)
{
    /// <summary>Joins and leaves in one transaction; teams that are missing are made.</summary>
    /// <exception cref="UserNotActiveException">The person was removed a moment ago.</exception>
    public async Task AlignAsync(User user, ExternalIdentity identity, AuthProviderOptions provider, Caller caller, CancellationToken cancellationToken)
    {
        if (identity.Groups is not { } claimed)
        {
            return;
        }

        var groups = new ClaimedGroups(identity.Provider, claimed, provider.Groups);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Most sign-ins change nothing, and wait for nobody.
        if ((await GroupTeams.ReadAsync(db, user.Id, groups, cancellationToken)).IsAligned)
        {
            return;
        }

        // Or a team may be given a role while somebody joins who may not hold it.
        await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            await LockAsync(change.Db, user, cancellationToken);
            await ChangeAsync(change, user, groups, cancellationToken);
            change.AffectsCallers = change.HasRows;
            await change.SaveAsync(cancellationToken);
            await departures.OfUsersAsync(change, [user.Id], cancellationToken);
            return true;
        }, cancellationToken);
    }

    private async Task ChangeAsync(Change change, User user, ClaimedGroups groups, CancellationToken cancellationToken)
    {
        var db = change.Db;
        var before = await GroupTeams.ReadAsync(db, user.Id, groups, cancellationToken);
        var wanted = await groupTeams.MakeMissingAsync(change, before, groups, cancellationToken);
        var after = new List<GroupTeam>();
        var leaving = before.Teams.Where(team => team.IsMember && !wanted.Contains(team)).ToList();
        var needed = await TeamsOfLastAdminAsync(db, user, [.. leaving.Select(team => team.Id)], cancellationToken);

        foreach (var team in leaving)
        {
            if (needed.Contains(team.Id))
            {
                after.Add(team);
                LogKeptIn(user.Id, team.Id, team.Name, groups.Provider);
            }
            else
            {
                db.TeamUsers.Remove(await db.TeamUsers.SingleAsync(m => m.TeamId == team.Id && m.UserId == user.Id, cancellationToken));
            }
        }

        foreach (var team in wanted)
        {
            if (team.IsMember)
            {
                after.Add(team);
            }
            else if (await MayJoinAsync(db, team.Id, user.Id, cancellationToken))
            {
                after.Add(team);
                db.TeamUsers.Add(new TeamUser { TeamId = team.Id, UserId = user.Id, CreatedAt = clock.GetUtcNow() });
            }
            else
            {
                LogKeptOut(user.Id, team.Id, team.Name, groups.Provider);
            }
        }

        if (db.ChangeTracker.HasChanges())
        {
            change.Audit(new AuditedChange("user.teams", "user")
            {
                EntityId = user.Id,
                EntityName = user.Username,
                Before = Shown(groups, before.Teams.Where(team => team.IsMember)),
                After = Shown(groups, after),
            });
        }
    }

    private static object Shown(ClaimedGroups groups, IEnumerable<GroupTeam> teams)
    {
        var sorted = teams.OrderBy(team => team.Name, StringComparer.Ordinal).ToArray();
        return new { groups.Provider, Teams = sorted.Select(team => team.Name), TeamIds = sorted.Select(team => team.Id) };
    }

    // Two sign-ins of one person come one after the other.
    private static async Task LockAsync(ControlPlaneDbContext db, User user, CancellationToken cancellationToken)
    {
        var found = await db.UserForUpdate(user.Id).AsNoTracking().ToListAsync(cancellationToken);

        if (found.Count == 0)
        {
            throw new UserNotActiveException();
        }
    }

    private async Task<bool> MayJoinAsync(ControlPlaneDbContext db, Guid teamId, Guid userId, CancellationToken cancellationToken)
    {
        var hasSystemRole = await db.RoleBindings.AnyAsync(
            b => b.TeamId == teamId && b.WorkspaceId == null && b.DeploymentId == null && b.ClusterId == null, cancellationToken);

        if (!hasSystemRole)
        {
            return true;
        }

        try
        {
            await systemRoles.ThrowUnlessEligibleAsync(db, [userId], cancellationToken);
            return true;
        }
        catch (DomainException)
        {
            return false;
        }
    }

    /// <summary>Those of the teams that make this user System Admin, where nobody else is one and the user is not in another way.</summary>
    private static async Task<List<Guid>> TeamsOfLastAdminAsync(ControlPlaneDbContext db, User user, Guid[] teams, CancellationToken cancellationToken)
    {
        var admins = db.RoleBindings.Where(
            b => b.Role == RoleNames.SystemAdmin && b.WorkspaceId == null && b.DeploymentId == null && b.ClusterId == null);
        var needed = await admins.Where(b => b.TeamId != null && teams.Contains(b.TeamId.Value)).Select(b => b.TeamId!.Value).ToListAsync(cancellationToken);

        if (needed.Count == 0)
        {
            return needed;
        }

        var isHeldOtherwise = await admins.AnyAsync(
            b => db.Users.Any(u => u.Status == UserStatus.Active
                && (u.Id == b.UserId
                    || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == u.Id && (m.UserId != user.Id || !needed.Contains(m.TeamId))))),
            cancellationToken);
        return isHeldOtherwise ? [] : needed;
    }

    [LoggerMessage(LogLevel.Warning, "User {UserId} did not join team {TeamId} ({Team}) of {Provider}: it has a system role, which is not for their address.")]
    private partial void LogKeptOut(Guid userId, Guid teamId, string team, string provider);

    [LoggerMessage(LogLevel.Warning, "User {UserId} stays in team {TeamId} ({Team}) of {Provider}, which says otherwise: nobody else is System Admin.")]
    private partial void LogKeptIn(Guid userId, Guid teamId, string team, string provider);
}
