using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Makes teams. A new team holds no role, so any user may be put into it.</summary>
public sealed class CreateTeam(Changes changes, TeamProviders providers, TimeProvider clock)
{
    /// <param name="name">Unique in the provider, whatever its case.</param>
    /// <param name="description">What it is for; null or empty for no description.</param>
    /// <param name="provider">The provider that decides about its members; null for this platform.</param>
    /// <param name="externalId">The id of the provider's group whose members are to be in it; null for none yet.</param>
    /// <param name="userIds">Its members, for a team of this platform only.</param>
    /// <exception cref="TeamNameInvalidException">The name cannot be stored.</exception>
    /// <exception cref="TeamDescriptionInvalidException">The description cannot be stored.</exception>
    /// <exception cref="TeamProviderUnknownException">There is no such provider.</exception>
    /// <exception cref="TeamExternalIdInvalidException">The text cannot be the id of a group.</exception>
    /// <exception cref="TeamExternalIdLocalException">A group is given for a team of this platform.</exception>
    /// <exception cref="TeamExternalIdTakenException">The group is bound to another team.</exception>
    /// <exception cref="TeamNotLocalException">Members are given for a team of a sign-in provider.</exception>
    /// <exception cref="TeamNameTakenException">The provider has a team with this name.</exception>
    /// <exception cref="UserNotFoundException">One of the members does not exist.</exception>
    public async Task<Team> RunAsync(
        string name,
        string? description,
        string? provider,
        string? externalId,
        Guid[] userIds,
        Caller caller,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var team = new Team
        {
            Id = Guid.CreateVersion7(now),
            Name = TeamText.Name(name) ?? throw new TeamNameInvalidException(name),
            Provider = providers.Find(provider),
            Description = DescriptionOf(description),
            CreatedAt = now,
            UpdatedAt = now,
        };
        Bind(team, externalId);

        if (!team.IsLocal && userIds is not [])
        {
            throw new TeamNotLocalException(team.Provider);
        }

        // Under the lock, because sign-ins make teams too.
        return await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            NameTaken(change, team);
            change.Db.Teams.Add(team);
            change.Audit(new AuditedChange("team.create", "team", team.Id, team.Name)
            {
                After = new { team.Name, team.Provider, team.ExternalId, team.Description, UserIds = userIds },
            });
            await new TeamMembers(userIds, []).SaveAsync(change, team.Id, now, cancellationToken);
            return team;
        }, cancellationToken);
    }

    /// <summary>
    /// Binds a team to a group of its provider; null and an empty text change nothing. A group that is taken is refused when the team is
    /// saved.
    /// </summary>
    /// <returns>Whether the team was not bound to the group before.</returns>
    /// <exception cref="TeamExternalIdInvalidException">The text cannot be the id of a group.</exception>
    /// <exception cref="TeamExternalIdLocalException">It is a team of this platform.</exception>
    /// <exception cref="TeamExternalIdSetException">The team is bound to another group.</exception>
    internal static bool Bind(Team team, string? externalId)
    {
        if (string.IsNullOrEmpty(externalId) || externalId == team.ExternalId)
        {
            return false;
        }

        if (team.IsLocal)
        {
            throw new TeamExternalIdLocalException();
        }

        if (team.ExternalId is not null)
        {
            throw new TeamExternalIdSetException();
        }

        team.ExternalId = TeamText.IsExternalId(externalId) ? externalId : throw new TeamExternalIdInvalidException();
        return true;
    }

    /// <summary>Has the error name the provider if another team of it has the name or the group.</summary>
    internal static void NameTaken(Change change, Team team)
    {
        change.OnViolation(TeamConfiguration.UniqueName, () => new TeamNameTakenException(team.Provider));
        change.OnViolation(TeamConfiguration.UniqueExternalId, () => new TeamExternalIdTakenException(team.Provider));
    }

    /// <summary>The description as it is stored; null for none.</summary>
    /// <exception cref="TeamDescriptionInvalidException">It cannot be stored.</exception>
    internal static string? DescriptionOf(string? given)
        => given is null ? null : TeamText.Description(given) switch
        {
            null => throw new TeamDescriptionInvalidException(given),
            "" => null,
            var description => description,
        };
}
