using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Users.Links;

/// <summary>The token of a link is wrong, was used, has expired, or is for something else; nobody learns which.</summary>
public sealed class LinkInvalidException() : DomainException(
    "LINK_INVALID", "This link cannot be used: it is incomplete, was used already, or has expired. Ask for a new one.");

/// <summary>The user may not sign in before the address is confirmed. Said only to whoever knows the password.</summary>
public sealed class EmailNotConfirmedException() : DomainException(
    "EMAIL_NOT_CONFIRMED", "The email address is not confirmed yet. Open the link in the mail that was sent to it, or ask for another with resendConfirmation.");

/// <summary>No password can be chosen for a user whose address is not confirmed.</summary>
public sealed class UserPendingException() : DomainException(
    "USER_PENDING", "The user has not confirmed their email address. Call verifyEmail first.");
