using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Teams;

/// <summary>There is no team with this id.</summary>
public sealed class TeamNotFoundException() : DomainException("TEAM_NOT_FOUND", "Team not found");
