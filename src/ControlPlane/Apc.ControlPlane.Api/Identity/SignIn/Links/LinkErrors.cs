using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>The token of a link is wrong, used, expired, or for another purpose. The error is the same for every reason.</summary>
public sealed class LinkInvalidException() : DomainException(
    "LINK_INVALID", "This link cannot be used: it is incomplete, was used already, or has expired. Ask for a new one.");

/// <summary>No password can be chosen for a user whose address is not confirmed.</summary>
public sealed class UserPendingException() : DomainException(
    "USER_PENDING", "The user has not confirmed their email address. Call verifyEmail first.");
