using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>There are users, sign-ups are not public, and there is no valid invitation. Clients match the text.</summary>
public sealed class PublicSignupsDisabledException() : DomainException(
    "PUBLIC_SIGNUPS_DISABLED",
    "Public sign ups are disabled, a valid inviteToken is required to login to the platform. "
        + "Public sign ups can be enabled via configuration change.");

/// <summary>The text is no email address.</summary>
public sealed class EmailInvalidException()
    : DomainException("EMAIL_INVALID", EmailAddress.Rule);

/// <summary>Another user has the address, whatever its case.</summary>
public sealed class EmailTakenException() : DomainException("EMAIL_TAKEN", "There is already a user with this email address.");

/// <summary>The user name cannot be stored.</summary>
public sealed class UsernameInvalidException(string username)
    : DomainException("USERNAME_INVALID", PlainText.WhyNoLine("A user name", username, EmailAddress.MaxLength));

/// <summary>The user name looks like an address that is not one of the user's.</summary>
public sealed class UsernameIsAddressException() : DomainException(
    "USERNAME_IS_ADDRESS",
    "A user name with an @ is one of your own email addresses, and nothing else: others would take you for somebody else.");

/// <summary>The name is another user's name or address.</summary>
public sealed class UsernameTakenException() : DomainException("USERNAME_TAKEN", "There is already a user with this user name.");

/// <summary>The profile holds a full name that cannot be stored.</summary>
public sealed class FullNameInvalidException(string fullName)
    : DomainException("FULL_NAME_INVALID", PlainText.WhyNoLine("fullName in the profile", fullName, MaxLength))
{
    /// <summary>Most UTF-16 units of a full name.</summary>
    public const int MaxLength = 255;
}

/// <summary>The password breaks a rule. All problems are reported at once; the password is not.</summary>
public sealed class PasswordRefusedException(IEnumerable<string> problems)
    : DomainException("PASSWORD_REFUSED", string.Join(' ', problems))
{
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    public static void ThrowIfWeak(string password, string email, params IReadOnlyList<string?> names)
    {
        var problems = PasswordRules.Problems(password, email, names);

        if (problems.Count > 0)
        {
            throw new PasswordRefusedException(problems);
        }
    }
}

/// <summary>A search for users has no condition.</summary>
public sealed class UserSearchEmptyException() : DomainException(
    "USER_SEARCH_EMPTY", "Say whom you look for: email, or a member of user such as email, username, fullName or userId.");

/// <summary>The payload of a change is no object of texts, or has an unknown member.</summary>
/// <param name="member">The unknown member; empty if there is none.</param>
public sealed class UserPayloadInvalidException(string member) : DomainException(
    "USER_PAYLOAD_INVALID",
    "payload is an object whose members are texts: fullName, username, password and currentPassword"
        + $"{(member.Length == 0 ? "" : $"; {member} is none of them")}.");

/// <summary>Users cannot remove themselves.</summary>
public sealed class OwnUserException() : DomainException("OWN_USER", "You cannot remove yourself.");

/// <summary>A workspace or deployment would have no admin.</summary>
/// <param name="what"><c>workspace</c> or <c>deployment</c>.</param>
public sealed class UserIsLastAdminException(string what, string label) : DomainException(
    "USER_IS_LAST_ADMIN", $"The {what} \"{label}\" would be left without an admin. Make somebody else its admin first.");
