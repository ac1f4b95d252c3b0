using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Invitations;

/// <summary>There is no invitation with this id, or not in this workspace.</summary>
public sealed class InvitationNotFoundException() : DomainException("INVITATION_NOT_FOUND", "Invitation not found");
