using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Teams;

/// <summary>Makes teams. A new team holds no role, so anybody may be put into it.</summary>
public sealed class TeamMaker(IDbContextFactory<ControlPlaneDbContext> contexts, TeamProviders providers, AuditTrail audit, TimeProvider clock)
{
    /// <summary>Makes a team.</summary>
    /// <param name="name">Unique in the provider, whatever its case.</param>
    /// <param name="description">What it is for; null or empty for nothing.</param>
    /// <param name="provider">Who decides about its members; null for this platform.</param>
    /// <param name="externalId">The id of the provider's group whose members are to be in it; null for none yet.</param>
    /// <param name="userIds">Its members, for a team of this platform only.</param>
    /// <param name="caller">Who makes it.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="TeamNameInvalidException">The name cannot be stored.</exception>
    /// <exception cref="TeamDescriptionInvalidException">The description cannot be stored.</exception>
    /// <exception cref="TeamProviderUnknownException">There is no such provider.</exception>
    /// <exception cref="TeamExternalIdInvalidException">The text can be no group's id.</exception>
    /// <exception cref="TeamExternalIdLocalException">A group is named for a team of this platform.</exception>
    /// <exception cref="TeamExternalIdTakenException">The group is bound to another team.</exception>
    /// <exception cref="TeamNotLocalException">Members are given for a team of a sign-in provider.</exception>
    /// <exception cref="TeamNameTakenException">The provider has a team with this name.</exception>
    /// <exception cref="UserNotFoundException">One of the members does not exist.</exception>
    public async Task<Team> CreateAsync(
        string name, string? description, string? provider, string? externalId, Guid[] userIds, Caller caller, CancellationToken cancellationToken)
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

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // In turn with sign-ins, which make teams too.
        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Roles, cancellationToken);
        db.Teams.Add(team);
        var row = audit.Add(db, caller, new AuditedChange("team.create", "team")
        {
            Operation = "createTeam",
            EntityId = team.Id,
            EntityName = team.Name,
            After = new { team.Name, team.Provider, team.ExternalId, team.Description, UserIds = userIds },
        });

        try
        {
            await new TeamMembers(userIds, []).SaveAsync(db, team.Id, now, cancellationToken);
        }
        catch (DbUpdateException e) when (Taken(e, team) is { } taken)
        {
            throw taken;
        }

        await transaction.CommitAsync(cancellationToken);
        audit.Announce(row);
        return team;
    }

    /// <summary>Binds a team to a group of its provider; null and an empty text bind it to none. Saving tells whether the group is free.</summary>
    /// <returns>Whether it was bound just now.</returns>
    /// <exception cref="TeamExternalIdInvalidException">The text can be no group's id.</exception>
    /// <exception cref="TeamExternalIdLocalException">The team is one of this platform.</exception>
    /// <exception cref="TeamExternalIdSetException">It is bound to another group.</exception>
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

    /// <summary>What another team of the provider has already, where that is why the team was not saved; null for any other reason.</summary>
    internal static Domain.DomainException? Taken(DbUpdateException failure, Team team)
        => failure.IsUniqueViolation(TeamConfiguration.UniqueName) ? new TeamNameTakenException(team.Provider)
            : failure.IsUniqueViolation(TeamConfiguration.UniqueExternalId) ? new TeamExternalIdTakenException(team.Provider)
            : null;

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
