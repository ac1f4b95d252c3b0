using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.SignIn.OAuth;

/// <summary>No provider has the name.</summary>
public sealed class ProviderNotFoundException()
    : DomainException("PROVIDER_NOT_FOUND", "There is no sign-in provider of that name. authConfig lists those that there are.");

/// <summary>The provider did not let the person in, or the person gave up.</summary>
public sealed class ProviderDeniedException() : DomainException(
    "PROVIDER_DENIED",
    "The sign-in was cancelled, or the provider does not let you in here. Sign in again, or ask its administrators.");

/// <summary>The provider did not answer, or not according to OAuth. The log has the details.</summary>
public sealed class ProviderFailedException() : DomainException(
    "PROVIDER_FAILED",
    "The sign-in provider gave no usable answer. Try again in a moment; if it stays so, tell the operators.");

/// <summary>The answer of the provider does not belong to a sign-in that this browser began.</summary>
public sealed class SignInLostException()
    : DomainException("SIGN_IN_LOST", "The sign-in took too long, or was begun in another browser or window. Begin it again.");

/// <summary>The code was used, is too old, or belongs to another browser.</summary>
public sealed class SignInCodeInvalidException()
    : DomainException("SIGN_IN_CODE_INVALID", "The code of this sign-in is used up or more than a minute old. Sign in again.");

/// <summary>The provider does not say that the address is verified.</summary>
public sealed class ProviderEmailUnverifiedException() : DomainException(
    "PROVIDER_EMAIL_UNVERIFIED",
    "The sign-in provider does not say that your email address is verified. Verify it there, then sign in again.");

/// <summary>The address is in none of the allowed domains.</summary>
public sealed class EmailDomainNotAllowedException() : DomainException(
    "EMAIL_DOMAIN_NOT_ALLOWED", "Your email address is in no domain from which people may sign in through this provider.");

/// <summary>The user is pending, or was removed during the sign-in.</summary>
public sealed class UserNotActiveException()
    : DomainException("USER_NOT_ACTIVE", "Your user may not sign in yet, or not any more. Ask a System Admin.");

/// <summary>A provider's answer breaks OAuth. The text is for the log and repeats nothing of the answer.</summary>
public sealed class ProviderAnswerException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The database cannot be reached.</summary>
public sealed class SignInUnavailableException() : DomainException(DatabaseOutage.Code, DatabaseOutage.Message);
