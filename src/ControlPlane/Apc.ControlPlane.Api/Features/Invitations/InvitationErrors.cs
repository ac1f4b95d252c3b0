using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Invitations;

/// <summary>There is no invitation with this id, or not in this workspace.</summary>
public sealed class InvitationNotFoundException() : DomainException("INVITATION_NOT_FOUND", "Invitation not found");

/// <summary>The token of an invitation cannot be used by who shows it; no word on why.</summary>
public sealed class InvitationInvalidException() : DomainException(
    "INVITATION_INVALID",
    "This invitation cannot be used: it was used already, has expired, was withdrawn, or is for an address that is not a verified one of yours.");

/// <summary>Who sent an invitation has lost what it gives.</summary>
public sealed class InviterLacksRoleException() : DomainException(
    "INVITER_LACKS_ROLE", "Whoever sent this invitation may not give any more what it gives. Ask for another.");
