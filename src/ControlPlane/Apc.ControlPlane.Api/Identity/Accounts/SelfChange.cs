using System.Text.Json;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>What users want to change of themselves. Not a record: a record would print the passwords.</summary>
public sealed class SelfChange
{
    private const string FullNameMember = "fullName";
    private const string UsernameMember = "username";
    private const string PasswordMember = "password";
    private const string CurrentPasswordMember = "currentPassword";

    private SelfChange()
    {
    }

    /// <summary>Whether the name to show is to change; to <see cref="FullName"/>, null for none.</summary>
    public bool HasFullName { get; private init; }

    /// <summary>The new name to show.</summary>
    public string? FullName { get; private init; }

    /// <summary>The new name to sign in with; null where it stays.</summary>
    public string? Username { get; private init; }

    /// <summary>The new password; null where it stays.</summary>
    public string? Password { get; private init; }

    /// <summary>The password so far, which a new one needs.</summary>
    public string? CurrentPassword { get; private init; }

    /// <summary>Reads the payload of a caller.</summary>
    /// <exception cref="UserPayloadInvalidException">It is no object of texts with known names.</exception>
    /// <exception cref="FullNameInvalidException">The full name cannot be stored.</exception>
    /// <exception cref="UsernameInvalidException">The user name cannot be stored.</exception>
    public static SelfChange Read(JsonElement json)
    {
        var payload = Payload.Read(
            json,
            (FullNameMember, PayloadKind.TextOrNull),
            (UsernameMember, PayloadKind.TextOrNull),
            (PasswordMember, PayloadKind.TextOrNull),
            (CurrentPasswordMember, PayloadKind.TextOrNull));

        if (payload.Unknown is [var unknown, ..])
        {
            throw new UserPayloadInvalidException(PlainText.Normalize(unknown, 64) ?? "a name that is none");
        }

        if (!payload.IsObject || payload.Wrong.Count > 0)
        {
            throw new UserPayloadInvalidException("");
        }

        var fullName = payload.Text(FullNameMember);

        return new SelfChange
        {
            HasFullName = payload.Has(FullNameMember),
            FullName = string.IsNullOrWhiteSpace(fullName) ? null : PlainText.Normalize(fullName, FullNameInvalidException.MaxLength)
                ?? throw new FullNameInvalidException(fullName),
            Username = payload.Text(UsernameMember) is { } username ? Usernames.Normalize(username) : null,
            Password = payload.Text(PasswordMember),
            CurrentPassword = payload.Text(CurrentPasswordMember),
        };
    }
}
