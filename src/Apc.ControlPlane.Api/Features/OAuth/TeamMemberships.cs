using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Teams;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.OAuth;

/// <summary>Brings the teams of a person in line with the groups that a provider says they are in. Teams of others are left alone.</summary>
public sealed class TeamMemberships(AuditTrail audit, TimeProvider clock)
{
    /// <summary>Adds the changes to the context's transaction, in which the user's row is locked; teams that are missing are made.</summary>
    /// <returns>The row for the audit trail; null where nothing changes.</returns>
    public async Task<AuditLog?> AlignAsync(
        ControlPlaneDbContext db, User user, ExternalIdentity identity, AuthProviderOptions provider, Caller caller, CancellationToken cancellationToken)
    {
        if (identity.Groups is null)
        {
            return null;
        }

        var wanted = TeamsOf(identity.Groups, provider).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var held = await db.TeamUsers
            .Where(m => m.UserId == user.Id)
            .Join(db.Teams.Where(t => t.Provider == identity.Provider), m => m.TeamId, t => t.Id, (m, t) => new { Membership = m, t.Name })
            .ToListAsync(cancellationToken);
        var left = held.Where(m => !wanted.Contains(m.Name)).ToList();
        var joined = wanted.Except(held.Select(m => m.Name), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal).ToList();

        if (left.Count == 0 && joined.Count == 0)
        {
            return null;
        }

        db.TeamUsers.RemoveRange(left.Select(m => m.Membership));
        var now = clock.GetUtcNow();

        foreach (var name in joined)
        {
            db.TeamUsers.Add(new TeamUser { TeamId = await FindOrMakeAsync(db, identity.Provider, name, cancellationToken), UserId = user.Id, CreatedAt = now });
        }

        return audit.Add(db, caller, new AuditedChange("user.teams", "user")
        {
            Operation = "oauth",
            EntityId = user.Id,
            EntityName = user.Username,
            Before = new { identity.Provider, Teams = held.Select(m => m.Name).Order(StringComparer.Ordinal) },
            After = new { identity.Provider, Teams = wanted.Order(StringComparer.Ordinal) },
        });
    }

    private static IEnumerable<string> TeamsOf(IReadOnlyList<string> groups, AuthProviderOptions provider)
        => provider.Groups.Count == 0 ? groups : groups.Where(provider.Groups.ContainsKey).Select(group => provider.Groups[group]);

    private async Task<Guid> FindOrMakeAsync(ControlPlaneDbContext db, string provider, string name, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        // Two people of a new group may come at the same time.
        await db.Database.ExecuteSqlAsync(
            $"""
             insert into houston$default."Team" (id, name, provider, "createdAt", "updatedAt")
             values ({Guid.CreateVersion7(now)}, {name}, {provider}, {now}, {now})
             on conflict (provider, lower(name)) do nothing
             """,
            cancellationToken);

        var found = await db.Database
            .SqlQuery<Guid>($"""select id as "Value" from houston$default."Team" where provider = {provider} and lower(name) = lower({name})""")
            .ToListAsync(cancellationToken);
        return found.Single();
    }
}
