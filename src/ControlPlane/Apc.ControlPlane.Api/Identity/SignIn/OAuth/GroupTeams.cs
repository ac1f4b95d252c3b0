using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>The groups of a person as a provider gives them, and what the setting <c>Groups</c> makes of them.</summary>
internal sealed class ClaimedGroups(string provider, IReadOnlyList<string> claimed, IReadOnlyDictionary<string, string> names)
{
    /// <summary>Name of the provider.</summary>
    public string Provider => provider;

    /// <summary>The ids of those that count: all, or those that the setting names.</summary>
    public IReadOnlyList<string> Ids { get; } = names.Count == 0 ? claimed : [.. claimed.Where(names.ContainsKey)];

    /// <summary>How a new team for this group is called: as the setting has it, else as the group.</summary>
    public string NameOf(string group) => TeamText.Name(names.GetValueOrDefault(group, group)) ?? $"group of {provider}";

    /// <summary>
    /// The groups that a team may be bound to which takes this group, best first: the group itself; those that the setting gives the same name, because
    /// it makes one team of them; and that name, which is what teams are bound to that were made before groups had ids here.
    /// </summary>
    public IEnumerable<string> BoundTo(string group)
        => names.TryGetValue(group, out var name)
            ? [group, .. names.Where(other => NameKey.Of(other.Value.Trim()) == NameKey.Of(name.Trim())).Select(other => other.Key).Order(StringComparer.Ordinal), name]
            : [group];
}

/// <summary>A team of a provider, seen by one person.</summary>
/// <param name="Id">The team's id.</param>
/// <param name="Name">The team's name, which says nothing of who belongs into it.</param>
/// <param name="ExternalId">The group that it is bound to.</param>
/// <param name="IsMember">Whether the person is in it.</param>
internal sealed record GroupTeam(Guid Id, string Name, string? ExternalId, bool IsMember);

/// <summary>The teams that a person is in, and those that their groups are bound to.</summary>
/// <param name="Teams">All of them.</param>
/// <param name="ByGroup">The team of each group; null for a group that is bound to none.</param>
internal sealed record GroupTeamsOfPerson(IReadOnlyList<GroupTeam> Teams, IReadOnlyDictionary<string, GroupTeam?> ByGroup)
{
    /// <summary>Whether the person is in the teams of their groups, and in no other.</summary>
    public bool IsAligned
        => ByGroup.Values.All(team => team is { IsMember: true }) && Teams.Where(team => team.IsMember).ToHashSet().SetEquals(ByGroup.Values.OfType<GroupTeam>());
}

/// <summary>Finds the teams that a provider's groups are bound to, and makes those that are missing. A team is never found by its name.</summary>
public sealed partial class GroupTeams(ILogger<GroupTeams> logger, TimeProvider clock)
{
    /// <summary>Reads a person's standing in one statement.</summary>
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

    /// <summary>The teams of all groups; those that are missing are added to the change, which holds <see cref="Locks.Roles"/>.</summary>
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
        change.Audit(new AuditedChange("team.create", "team")
        {
            EntityId = team.Id,
            EntityName = team.Name,
            After = new { team.Name, team.Provider, team.ExternalId },
        });

        // Names of further teams are looked for in the database.
        await change.SaveAsync(cancellationToken);
        return new(team.Id, team.Name, team.ExternalId, IsMember: false);
    }

    /// <summary>The name, with a number after it where another team of the provider has it: that team's roles are not for this group.</summary>
    private static async Task<string> FindFreeNameAsync(ControlPlaneDbContext db, string provider, string name, CancellationToken cancellationToken)
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
        "Made team {TeamId} ({Team}) for the group {Group} of {Provider}, which no team is bound to; the team {Name} stands for another group, or for none.")]
    private partial void LogNameTaken(Guid teamId, string team, string group, string provider, string name);
}
