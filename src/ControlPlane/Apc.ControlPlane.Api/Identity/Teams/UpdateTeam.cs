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

/// <summary>The changes that a caller wants of a team; what is not given does not change.</summary>
public sealed record TeamChange
{
    /// <summary>The new name; null to keep it.</summary>
    public string? NewName { get; init; }

    /// <summary>The new description; a value of null or an empty one clears it.</summary>
    public Optional<string?> Description { get; init; }

    /// <summary>The group of the provider to bind the team to; null or empty for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>All members from now on; null to use <see cref="Added"/> and <see cref="Removed"/>.</summary>
    public Guid[]? Members { get; init; }

    public Guid[] Added { get; init; } = [];

    public Guid[] Removed { get; init; } = [];
}

/// <summary>Changes teams and their members.</summary>
public sealed class UpdateTeam(Changes changes, TeamRoleRules rules, Departures departures, TimeProvider clock)
{
    /// <summary>Changes a team. Users who join or leave gain or lose its roles with their next request.</summary>
    /// <returns>The team, and whether anything was changed.</returns>
    /// <exception cref="TeamNotFoundException">There is no such team.</exception>
    /// <exception cref="TeamNameInvalidException">The name cannot be stored.</exception>
    /// <exception cref="TeamDescriptionInvalidException">The description cannot be stored.</exception>
    /// <exception cref="TeamNameTakenException">The provider has another team with this name.</exception>
    /// <exception cref="TeamExternalIdInvalidException">The text cannot be the id of a group.</exception>
    /// <exception cref="TeamExternalIdLocalException">A group is given for a team of this platform.</exception>
    /// <exception cref="TeamExternalIdSetException">The team is bound to another group.</exception>
    /// <exception cref="TeamExternalIdTakenException">The group is bound to another team.</exception>
    /// <exception cref="TeamNotLocalException">Members are given for a team of a sign-in provider.</exception>
    /// <exception cref="TeamUsersAmbiguousException">Members are both replaced and changed, or a user both joins and leaves.</exception>
    /// <exception cref="UserNotFoundException">A user who would join does not exist.</exception>
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
            var team = await reference.GetAsync(db, cancellationToken);
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
                change.Audit(new AuditedChange("team.update", "team", team.Id, team.Name)
                {
                    Before = before,
                    After = new { team.Name, team.ExternalId, team.Description },
                });
            }

            if (members.Joining is not [])
            {
                await rules.ThrowUnlessMayJoinAsync(db, team.Id, members.Joining, caller, cancellationToken);
                change.Audit(new AuditedChange("team.addUser", "team", team.Id, team.Name) { After = new { UserIds = members.Joining } });
            }
            else if (change.HasRows || !members.IsEmpty)
            {
                await rules.ThrowUnlessMayChangeAsync(db, team.Id, caller, cancellationToken);
            }

            if (members.Leaving is not [])
            {
                change.Audit(new AuditedChange("team.removeUser", "team", team.Id, team.Name)
                {
                    Before = new { UserIds = members.Leaving },
                });
            }

            change.AffectsCallers = !members.IsEmpty;
            await members.SaveAsync(change, team.Id, clock.GetUtcNow(), cancellationToken);

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

    private static async Task<TeamMembers> MembersAsync(
        ControlPlaneDbContext db, Team team, TeamChange change, CancellationToken cancellationToken)
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
}
