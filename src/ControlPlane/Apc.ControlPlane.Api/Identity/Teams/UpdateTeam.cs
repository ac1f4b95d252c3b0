using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>What is to become of a team; what is not said stays.</summary>
public sealed record TeamChange
{
    /// <summary>The new name; null for the old one.</summary>
    public string? NewName { get; init; }

    /// <summary>The new description; null or empty for none.</summary>
    public Optional<string?> Description { get; init; }

    /// <summary>The group of the provider that the team is bound to from now on; null or empty leaves it.</summary>
    public string? ExternalId { get; init; }

    /// <summary>All members from now on; null where <see cref="Added"/> and <see cref="Removed"/> say it.</summary>
    public Guid[]? Members { get; init; }

    /// <summary>Who joins.</summary>
    public Guid[] Added { get; init; } = [];

    /// <summary>Who leaves.</summary>
    public Guid[] Removed { get; init; } = [];
}

/// <summary>Changes teams and who is in them.</summary>
public sealed class UpdateTeam(Changes changes, TeamRoleRules rules, Departures departures, TimeProvider clock)
{
    /// <summary>Changes a team; all of it or nothing. Members gain and lose its roles with the next request they send.</summary>
    /// <returns>The team, and whether anything was changed.</returns>
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    /// <exception cref="TeamNameInvalidException">The name cannot be stored.</exception>
    /// <exception cref="TeamDescriptionInvalidException">The description cannot be stored.</exception>
    /// <exception cref="TeamNameTakenException">The provider has another team with this name.</exception>
    /// <exception cref="TeamExternalIdInvalidException">The text can be no group's id.</exception>
    /// <exception cref="TeamExternalIdLocalException">A group is named for a team of this platform.</exception>
    /// <exception cref="TeamExternalIdSetException">The team is bound to another group.</exception>
    /// <exception cref="TeamExternalIdTakenException">The group is bound to another team.</exception>
    /// <exception cref="TeamNotLocalException">Members are to be changed, but a sign-in provider decides about them.</exception>
    /// <exception cref="TeamUsersAmbiguousException">Members are replaced and changed at once, or somebody both joins and leaves.</exception>
    /// <exception cref="UserNotFoundException">Somebody who would join does not exist.</exception>
    /// <exception cref="DomainException">The roles of the team forbid the change: see <see cref="TeamRoleRules"/>.</exception>
    public async Task<(Team Team, bool IsChanged)> RunAsync(
        TeamReference reference, TeamChange wanted, Caller caller, CancellationToken cancellationToken)
    {
        var newName = wanted.NewName is null ? null : TeamText.Name(wanted.NewName) ?? throw new TeamNameInvalidException(wanted.NewName);
        var description = CreateTeam.DescriptionOf(wanted.Description.Value);
        ThrowIfAmbiguous(wanted);

        return await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var db = change.Db;
            var team = await reference.FindAsync(db, cancellationToken);
            var members = await MembersAsync(db, team, wanted, cancellationToken);
            var before = new { team.Name, team.ExternalId, team.Description };
            CreateTeam.NameTaken(change, team);

            if (CreateTeam.Bind(team, wanted.ExternalId)
                | (newName ?? team.Name) != team.Name
                | (wanted.Description.HasValue && description != team.Description))
            {
                team.Name = newName ?? team.Name;
                team.Description = wanted.Description.HasValue ? description : team.Description;
                team.UpdatedAt = clock.GetUtcNow();
                change.Audit(Changed("team.update", team) with { Before = before, After = new { team.Name, team.ExternalId, team.Description } });
            }

            if (members.Joining is not [])
            {
                await rules.ThrowUnlessMayJoinAsync(db, team.Id, members.Joining, caller, cancellationToken);
                change.Audit(Changed("team.addUser", team) with { After = new { UserIds = members.Joining } });
            }
            else if (change.HasRows || !members.IsEmpty)
            {
                await rules.ThrowUnlessMayChangeAsync(db, team.Id, caller, cancellationToken);
            }

            if (members.Leaving is not [])
            {
                change.Audit(Changed("team.removeUser", team) with { Before = new { UserIds = members.Leaving } });
            }

            change.AffectsCallers = !members.IsEmpty;
            await members.SaveAsync(db, team.Id, clock.GetUtcNow(), cancellationToken);

            if (members.Leaving is not [])
            {
                await rules.ThrowUnlessMayLeaveAsync(db, team.Id, members.Leaving, caller, cancellationToken);
                await departures.OfUsersAsync(change, members.Leaving, cancellationToken);
            }

            return (team, change.HasRows);
        }, cancellationToken);
    }

    private static void ThrowIfAmbiguous(TeamChange change)
    {
        var isChanged = change.Added is not [] || change.Removed is not [];

        if ((change.Members is not null && isChanged) || change.Added.Intersect(change.Removed).Any())
        {
            throw new TeamUsersAmbiguousException();
        }
    }

    private static async Task<TeamMembers> MembersAsync(ControlPlaneDbContext db, Team team, TeamChange change, CancellationToken cancellationToken)
    {
        if (change.Members is null && change.Added is [] && change.Removed is [])
        {
            return TeamMembers.Unchanged;
        }

        if (!team.IsLocal)
        {
            throw new TeamNotLocalException(team.Provider);
        }

        return change.Members is { } wanted
            ? await TeamMembers.ReplaceAsync(db, team.Id, wanted, cancellationToken)
            : await TeamMembers.ChangeAsync(db, team.Id, change.Added, change.Removed, cancellationToken);
    }

    private static AuditedChange Changed(string action, Team team) => new(action, "team") { EntityId = team.Id, EntityName = team.Name };
}
