using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>The caller showed no token, or one that is wrong, expired or deleted. Clients match the text and then ask for a new sign-in.</summary>
public sealed class NotSignedInException() : DomainException("UNAUTHENTICATED", PermissionDeniedException.Text);

/// <summary>The caller is known but lacks a permission. The text is that of a missing sign-in; only the code tells them apart.</summary>
public sealed class PermissionDeniedException() : DomainException("FORBIDDEN", Text)
{
    internal const string Text = "You do not have the appropriate permissions for that";
}

/// <summary>Sign-in failed. The same for an unknown user, a wrong password and a user who may not sign in.</summary>
public sealed class InvalidCredentialsException()
    : DomainException("INVALID_CREDENTIALS", "The user name or the password is wrong.");
