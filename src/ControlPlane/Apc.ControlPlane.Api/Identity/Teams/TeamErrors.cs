using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>The arguments name no team, or name it by id and by name.</summary>
/// <param name="id">The argument for the id, by its name in the schema.</param>
public sealed class TeamAmbiguousException(string id)
    : DomainException("TEAM_AMBIGUOUS", $"Name the team either by {id}, or by name and provider.");

/// <summary>Two teams of one provider may not share a name, whatever its case.</summary>
/// <param name="provider">The provider; null if it is not known.</param>
public sealed class TeamNameTakenException(string? provider = null) : DomainException(
    "TEAM_NAME_TAKEN",
    provider is null
        ? "The provider has a team with this name already."
        : $"There is already a team with this name of the provider {provider}.");

/// <summary>The name cannot be stored.</summary>
public sealed class TeamNameInvalidException(string name)
    : DomainException("TEAM_NAME_INVALID", PlainText.WhyNoLine("A team's name", name, TeamText.MaxNameLength));

/// <summary>The description cannot be stored.</summary>
public sealed class TeamDescriptionInvalidException(string description) : DomainException(
    "TEAM_DESCRIPTION_INVALID", PlainText.WhyNoLines("A team's description", description, TeamText.MaxDescriptionLength));

/// <summary>There is no such provider of teams.</summary>
public sealed class TeamProviderUnknownException(IEnumerable<string> providers)
    : DomainException("TEAM_PROVIDER_UNKNOWN", $"provider is one of {string.Join(", ", providers)}.");

/// <summary>The members of a team of a sign-in provider are not changed here, because the provider decides about them.</summary>
public sealed class TeamNotLocalException(string provider) : DomainException(
    "TEAM_NOT_LOCAL",
    $"The members of this team are decided by its provider {provider}; "
        + $"only those of teams of the provider {Team.LocalProvider} are changed here.");

/// <summary>The text cannot be the id of a provider's group.</summary>
public sealed class TeamExternalIdInvalidException() : DomainException(
    "TEAM_EXTERNAL_ID_INVALID",
    $"externalId is the id of a group: 1 to {TeamText.MaxExternalIdLength} characters, "
        + "not only blanks, and none of them a control character.");

/// <summary>A team of this platform cannot be bound to a group of a provider.</summary>
public sealed class TeamExternalIdLocalException() : DomainException(
    "TEAM_EXTERNAL_ID_LOCAL",
    $"A team of the provider {Team.LocalProvider} stands for no group: externalId is for teams of sign-in providers.");

/// <summary>A team that is bound to a group cannot be bound to another.</summary>
public sealed class TeamExternalIdSetException()
    : DomainException("TEAM_EXTERNAL_ID_SET", "The team is bound to a group already, and stays so. Make another team for another group.");

/// <summary>A group of a provider is bound to at most one team.</summary>
/// <param name="provider">The provider; null if it is not known.</param>
public sealed class TeamExternalIdTakenException(string? provider = null) : DomainException(
    "TEAM_EXTERNAL_ID_TAKEN",
    provider is null
        ? "Another team of the provider is bound to this group."
        : $"Another team of the provider {provider} is bound to this group.");

/// <summary>A team of a sign-in provider with members is not removed, because the next sign-in of a member would make it again.</summary>
public sealed class TeamHasUsersException(string provider)
    : DomainException("TEAM_HAS_USERS", $"The team has users, whom its provider {provider} put into it. Take them out of it there first.");

/// <summary>Members are either replaced as a whole or changed one by one.</summary>
public sealed class TeamUsersAmbiguousException() : DomainException(
    "TEAM_USERS_AMBIGUOUS",
    "Give either userIds, which replaces all members, or addUserIds and removeUserIds, of which no user is in both.");
