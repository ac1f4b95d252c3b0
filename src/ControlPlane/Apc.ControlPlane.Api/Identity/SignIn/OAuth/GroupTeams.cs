using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The groups of a person that a provider claims, under the setting <c>Groups</c>.</summary>
internal sealed class ClaimedGroups(string provider, IReadOnlyList<string> claimed, IReadOnlyDictionary<string, string> names)
{
    public string Provider => provider;

    /// <summary>The ids of the groups that have teams: all, or those that the setting lists.</summary>
    public IReadOnlyList<string> Ids { get; } = names.Count == 0 ? claimed : [.. claimed.Where(names.ContainsKey)];

    /// <summary>The name for a new team of this group: the one in the setting, else the id of the group.</summary>
    public string NameOf(string group) => TeamText.Name(names.GetValueOrDefault(group, group)) ?? $"group of {provider}";

    /// <summary>
    /// The external ids by which the team of this group may be found, best first: the group itself; other groups with the same name in the
    /// setting, because they share one team; and that name, which older versions stored as external id.
    /// </summary>
    public IEnumerable<string> BoundTo(string group)
    {
        if (!names.TryGetValue(group, out var name))
        {
            return [group];
        }

        var sharing = names.Where(other => NameKey.Of(other.Value.Trim()) == NameKey.Of(name.Trim())).Select(other => other.Key);
        return [group, .. sharing.Order(StringComparer.Ordinal), name];
    }
}

/// <summary>A team of a provider, and whether one person is in it.</summary>
/// <param name="Name">The team's name, which does not decide about its members.</param>
internal sealed record GroupTeam(Guid Id, string Name, string? ExternalId, bool IsMember);

/// <summary>The teams that a person is in, and those that their groups are bound to.</summary>
/// <param name="ByGroup">The team of each group; null for a group without a team.</param>
internal sealed record GroupTeamsOfPerson(IReadOnlyList<GroupTeam> Teams, IReadOnlyDictionary<string, GroupTeam?> ByGroup)
{
    /// <summary>Whether the person is in the teams of their groups, and in no other.</summary>
    public bool IsAligned
        => ByGroup.Values.All(team => team is { IsMember: true })
            && Teams.Where(team => team.IsMember).ToHashSet().SetEquals(ByGroup.Values.OfType<GroupTeam>());
}

/// <summary>Finds the teams that a provider's groups are bound to, and makes missing ones. A team is never found by its name.</summary>
public sealed partial class GroupTeams(ILogger<GroupTeams> logger, TimeProvider clock)
{
    /// <summary>Reads the teams of a person in one statement.</summary>
    internal static async Task<GroupTeamsOfPerson> ReadAsync(
        ControlPlaneDbContext db, Guid userId, ClaimedGroups groups, CancellationToken cancellationToken)
    {
        var bound = groups.Ids.SelectMany(groups.BoundTo).Distinct(StringComparer.Ordinal).ToArray();
        var teams = await db.Teams.AsNoTracking()
            .Where(t => t.Provider == groups.Provider)
            .Select(t => new { Team = t, IsMember = db.TeamUsers.Any(m => m.TeamId == t.Id && m.UserId == userId) })
            .Where(t => t.IsMember || bound.Contains(t.Team.ExternalId!))
            .Select(t => new GroupTeam(t.Team.Id, t.Team.Name, t.Team.ExternalId, t.IsMember))
            .ToListAsync(cancellationToken);
        return new(teams, groups.Ids.ToDictionary(group => group, group => Find(teams, groups, group), StringComparer.Ordinal));
    }

    /// <summary>The teams of all groups; missing ones are added to the change, which holds <see cref="Locks.Roles"/>.</summary>
    internal async Task<IReadOnlyCollection<GroupTeam>> MakeMissingAsync(
        Change change, GroupTeamsOfPerson standing, ClaimedGroups groups, CancellationToken cancellationToken)
    {
        var found = standing.ByGroup.Values.OfType<GroupTeam>().ToHashSet();

        foreach (var group in standing.ByGroup.Where(g => g.Value is null).Select(g => g.Key).Order(StringComparer.Ordinal))
        {
            found.Add(Find(found, groups, group) ?? await MakeAsync(change, group, groups, cancellationToken));
        }

        return found;
    }

    private static GroupTeam? Find(IReadOnlyCollection<GroupTeam> teams, ClaimedGroups groups, string group)
        => groups.BoundTo(group).Select(id => teams.FirstOrDefault(team => team.ExternalId == id)).FirstOrDefault(team => team is not null);

    private async Task<GroupTeam> MakeAsync(Change change, string group, ClaimedGroups groups, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var name = groups.NameOf(group);
        var team = new Team
        {
            Id = Guid.CreateVersion7(now),
            Name = await FindFreeNameAsync(change.Db, groups.Provider, name, cancellationToken),
            Provider = groups.Provider,
            ExternalId = group,
            CreatedAt = now,
            UpdatedAt = now,
        };

        if (team.Name != name)
        {
            LogNameTaken(team.Id, team.Name, group, groups.Provider, name);
        }

        change.Db.Teams.Add(team);
        change.Audit(new AuditedChange("team.create", "team", team.Id, team.Name)
        {
            After = new { team.Name, team.Provider, team.ExternalId },
        });

        // Saved now, because the search for the next free name reads the database.
        await change.SaveAsync(cancellationToken);
        return new(team.Id, team.Name, team.ExternalId, IsMember: false);
    }

    /// <summary>The name, with a number if another team of the provider has it, because that team's roles are not for this group.</summary>
    private static async Task<string> FindFreeNameAsync(
        ControlPlaneDbContext db, string provider, string name, CancellationToken cancellationToken)
    {
        var free = name;

        for (var number = 2; await IsTakenAsync(db, provider, free, cancellationToken); number++)
        {
            var suffix = $" ({number})";
            var length = Math.Min(name.Length, TeamText.MaxNameLength - suffix.Length);
            free = name[..(length > 0 && char.IsHighSurrogate(name[length - 1]) ? length - 1 : length)].TrimEnd() + suffix;
        }

        return free;
    }

    private static Task<bool> IsTakenAsync(ControlPlaneDbContext db, string provider, string name, CancellationToken cancellationToken)
        => db.Teams.AnyAsync(t => t.Provider == provider && t.NameKey == NameKey.Of(name), cancellationToken);

    [LoggerMessage(
        LogLevel.Warning,
        "Made team {TeamId} ({Team}) for the group {Group} of {Provider}, which no team is bound to; "
            + "the team {Name} stands for another group, or for none.")]
    private partial void LogNameTaken(Guid teamId, string team, string group, string provider, string name);
}
