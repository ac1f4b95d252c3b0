using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.SignIn.Passwords;

/// <summary>Signing in with a password is switched off.</summary>
public sealed class LocalSignInDisabledException() : DomainException(
    "LOCAL_SIGN_IN_DISABLED",
    "Signing in with a password is switched off here. Sign in through one of the providers of authConfig.");

/// <summary>The user may not sign in before the address is confirmed. Thrown only if the password is right.</summary>
public sealed class EmailNotConfirmedException() : DomainException(
    "EMAIL_NOT_CONFIRMED",
    "The email address is not confirmed yet. Open the link in the mail that was sent to it, or ask for another with resendConfirmation.");

/// <summary>The lifetime of a token is out of range.</summary>
public sealed class TokenDurationInvalidException() : DomainException(
    "TOKEN_DURATION_INVALID",
    "duration is a token's life in milliseconds, from 60000 (a minute) to 86400000 (24 hours).");
