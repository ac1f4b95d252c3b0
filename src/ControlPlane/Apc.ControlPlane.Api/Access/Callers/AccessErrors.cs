using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Access.Callers;

/// <summary>The request has no valid token. Clients match the text and then ask for a new sign-in.</summary>
public sealed class NotSignedInException() : DomainException("UNAUTHENTICATED", PermissionDeniedException.Text);

/// <summary>The caller is signed in but lacks a permission. The text is that of a missing sign-in; only the code differs.</summary>
public sealed class PermissionDeniedException() : DomainException("FORBIDDEN", Text)
{
    internal const string Text = "You do not have the appropriate permissions for that";
}

/// <summary>The sign-in failed. The error is the same for an unknown user, a wrong password and a user who may not sign in.</summary>
public sealed class InvalidCredentialsException()
    : DomainException("INVALID_CREDENTIALS", "The user name or the password is wrong.");
