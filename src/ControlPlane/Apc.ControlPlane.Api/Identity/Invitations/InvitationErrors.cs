using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>The caller cannot use the token of an invitation. The error is the same for every reason.</summary>
public sealed class InvitationInvalidException() : DomainException(
    "INVITATION_INVALID",
    "This invitation cannot be used: it was used already, has expired, was withdrawn, "
        + "or is for an address that is not a verified one of yours.");
