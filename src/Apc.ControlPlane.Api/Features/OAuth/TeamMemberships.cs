using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>Brings the teams of a person in line with the groups that a provider says they are in. Teams of others are left alone.</summary>
/// <remarks>
/// Who may hold no system role does not join a team that has one, and who is the last System Admin does not leave the team that makes them it, whatever
/// the provider says.
/// </remarks>
public sealed partial class TeamMemberships(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    SystemRoleRules systemRoles,
    TokenVerifier tokens,
    AuditTrail audit,
    ILogger<TeamMemberships> logger,
    TimeProvider clock)
{
    /// <summary>Joins and leaves in one transaction; teams that are missing are made.</summary>
    /// <exception cref="UserNotActiveException">The person was removed a moment ago.</exception>
    public async Task AlignAsync(User user, ExternalIdentity identity, AuthProviderOptions provider, Caller caller, CancellationToken cancellationToken)
    {
        if (identity.Groups is null)
        {
            return;
        }

        var wanted = TeamsOf(identity.Groups, provider).ToHashSet(StringComparer.OrdinalIgnoreCase);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Most sign-ins change nothing, and wait for nobody.
        if (wanted.SetEquals((await HeldAsync(db, user, identity.Provider, cancellationToken)).Select(held => held.Name)))
        {
            return;
        }

        // Or a team may be given a role while somebody joins who may not hold it.
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        await LockAsync(db, user, cancellationToken);
        var row = await ChangeAsync(db, user, identity.Provider, wanted, caller, cancellationToken);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);

        if (row is not null)
        {
            audit.Announce(row);
            tokens.ForgetAll();
        }
    }

    private async Task<AuditLog?> ChangeAsync(
        ControlPlaneDbContext db, User user, string provider, HashSet<string> wanted, Caller caller, CancellationToken cancellationToken)
    {
        var held = await HeldAsync(db, user, provider, cancellationToken);
        var leaving = held.FindAll(team => !wanted.Contains(team.Name));
        var needed = await TeamsOfLastAdminAsync(db, user, [.. leaving.Select(team => team.Membership.TeamId)], cancellationToken);

        foreach (var (membership, name) in leaving)
        {
            if (needed.Contains(membership.TeamId))
            {
                wanted.Add(name);
                LogKeptIn(user.Username, name, provider);
            }
            else
            {
                db.TeamUsers.Remove(membership);
            }
        }

        foreach (var name in wanted.Except(held.Select(team => team.Name), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList())
        {
            var teamId = await FindOrMakeAsync(db, provider, name, cancellationToken);

            if (await MayJoinAsync(db, teamId, user.Id, cancellationToken))
            {
                db.TeamUsers.Add(new TeamUser { TeamId = teamId, UserId = user.Id, CreatedAt = clock.GetUtcNow() });
            }
            else
            {
                wanted.Remove(name);
                LogKeptOut(user.Username, name, provider);
            }
        }

        if (!db.ChangeTracker.HasChanges())
        {
            return null;
        }

        return audit.Add(db, caller, new AuditedChange("user.teams", "user")
        {
            Operation = "oauth",
            EntityId = user.Id,
            EntityName = user.Username,
            Before = new { Provider = provider, Teams = held.Select(team => team.Name).Order(StringComparer.Ordinal) },
            After = new { Provider = provider, Teams = wanted.Order(StringComparer.Ordinal) },
        });
    }

    private static async Task<List<(TeamUser Membership, string Name)>> HeldAsync(
        ControlPlaneDbContext db, User user, string provider, CancellationToken cancellationToken)
    {
        var held = await db.TeamUsers
            .Where(m => m.UserId == user.Id)
            .Join(db.Teams.Where(t => t.Provider == provider), m => m.TeamId, t => t.Id, (m, t) => new { Membership = m, t.Name })
            .ToListAsync(cancellationToken);
        return [.. held.Select(m => (m.Membership, m.Name))];
    }

    // Two sign-ins of one person come one after the other.
    private static async Task LockAsync(ControlPlaneDbContext db, User user, CancellationToken cancellationToken)
    {
        var found = await db.Database
            .SqlQuery<Guid>($"""select id as "Value" from houston$default."User" where id = {user.Id} for update""")
            .ToListAsync(cancellationToken);

        if (found.Count == 0)
        {
            throw new UserNotActiveException();
        }
    }

    private static IEnumerable<string> TeamsOf(IReadOnlyList<string> groups, AuthProviderOptions provider)
        => provider.Groups.Count == 0 ? groups : groups.Where(provider.Groups.ContainsKey).Select(group => provider.Groups[group]);

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

    private async Task<Guid> FindOrMakeAsync(ControlPlaneDbContext db, string provider, string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var key = NameKey.Of(name);

        // Two people of a new group may come at the same time.
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into houston$default."Team" (id, name, "nameKey", provider, "createdAt", "updatedAt")
             values ({Guid.CreateVersion7(now)}, {name}, {key}, {provider}, {now}, {now})
             on conflict (provider, "nameKey") do nothing
             """,
            cancellationToken);

        var found = await db.Database
            .SqlQuery<Guid>($"""select id as "Value" from houston$default."Team" where provider = {provider} and "nameKey" = {key}""")
            .ToListAsync(cancellationToken);
        return found.Single();
    }

    [LoggerMessage(LogLevel.Warning, "{Username} did not join team {Team} of {Provider}: it has a system role, which is not for their address.")]
    private partial void LogKeptOut(string username, string team, string provider);

    [LoggerMessage(LogLevel.Warning, "{Username} stays in team {Team} of {Provider}, which says otherwise: nobody else is System Admin.")]
    private partial void LogKeptIn(string username, string team, string provider);
}
