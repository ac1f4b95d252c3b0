using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>The token of an invitation cannot be used by who shows it; no word on why.</summary>
public sealed class InvitationInvalidException() : DomainException(
    "INVITATION_INVALID",
    "This invitation cannot be used: it was used already, has expired, was withdrawn, or is for an address that is not a verified one of yours.");
