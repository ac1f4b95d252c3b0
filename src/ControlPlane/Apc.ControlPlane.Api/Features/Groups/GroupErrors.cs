using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Groups;

/// <summary>There is no group with this id.</summary>
public sealed class GroupNotFoundException() : DomainException("GROUP_NOT_FOUND", "Group not found");
