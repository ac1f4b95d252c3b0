using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Teams;

/// <summary>There is no team with this id.</summary>
public sealed class TeamNotFoundException() : DomainException("TEAM_NOT_FOUND", "Team not found");

/// <summary>A page was asked for that starts after a team which is not there for this caller.</summary>
public sealed class TeamCursorNotFoundException(string cursor)
    : DomainException("CURSOR_NOT_FOUND", $"There is no team with the id '{cursor}' to start after. Start again without a cursor.");

/// <summary>A page of members was asked for that starts after something that is no user's id.</summary>
public sealed class TeamUserCursorNotFoundException(string cursor)
    : DomainException("CURSOR_NOT_FOUND", $"'{cursor}' is the id of no user to start after. Start again without a cursor.");
