using System.Text.Json;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Features.OAuth;
using Apc.ControlPlane.Api.Features.Users.Links;
using Apc.ControlPlane.Api.Scalars;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Api.Security.Quotas;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Users;

[MutationType]
public static class UserMutations
{
    /// <summary>
    /// Makes a user and signs them in. The first user of a platform becomes SYSTEM_ADMIN. Later ones are invited, and get the role of the invitation;
    /// or public sign-ups are switched on, and they hold no role. The latter may have to confirm their address first: then they are `pending`, and `token` is null,
    /// and the answer is the same whether or not the address or the user name is taken already; a mail to the address tells.
    /// </summary>
    /// <param name="email">The user's address: unique, whatever its case.</param>
    /// <param name="password">At least 12 characters, or at least 8 with an upper-case letter, a lower-case letter, a digit and a special character; not a common one, and none that holds one's own name or address.</param>
    /// <param name="username">The name to sign in with: unique, up to 320 characters. The address unless given.</param>
    /// <param name="profile">Details such as `{ fullName: "…" }`; members other than `fullName` are ignored.</param>
    /// <param name="inviteToken">The token of an invitation of this very address. It can be used once; a wrong one is ignored where public sign-ups are switched on.</param>
    /// <param name="duration">How long the token lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    /// <param name="claimCode">For the first user of a platform that can be reached from beyond its machine: the code that the host printed when it started.</param>
    [Audited("user.create")]
    [PublicField("The first user and users of an open platform have no token yet.")]
    public static async Task<AuthUser?> CreateUserAsync(
        string email,
        string password,
        string? username,
        JsonElement? profile,
        string? inviteToken,
        int? duration,
        string? claimCode,
        Caller caller,
        UserRegistrar registrar,
        UserSignIn signIn,
        CancellationToken cancellationToken)
    {
        var lifetime = TokenDuration.Of(duration);
        var signup = new Signup
        {
            Email = email,
            Password = password,
            Username = username,
            FullName = FullNameIn(profile),
            InviteToken = inviteToken,
            ClaimCode = claimCode,
        };
        var (user, address) = await registrar.SignUpAsync(signup, caller, cancellationToken);
        return user.Status is UserStatus.Pending
            ? AuthUser.Pending(user, address)
            : AuthUser.Of(await signIn.BeginAsync(user, "createUser", lifetime, caller, cancellationToken));
    }

    /// <summary>Signs a user in by name and password. After 5 failures in 5 minutes, or 20 from one address, sign-ins have to wait, but not where the user signed in before.</summary>
    /// <param name="identity">User name or email address, whatever its case.</param>
    /// <param name="password">The password.</param>
    /// <param name="duration">How long the token lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.signIn")]
    [PublicField("Whoever signs in has no token yet.")]
    public static async Task<AuthUser?> CreateTokenAsync(
        string? identity, string password, int? duration, Caller caller, LocalSignIn local, UserSignIn signIn, CancellationToken cancellationToken)
    {
        local.Require();
        return AuthUser.Of(await signIn.SignInAsync(identity ?? "", password, TokenDuration.Of(duration), caller, cancellationToken));
    }

    /// <summary>Confirms the address of a new user with the token of the link that was mailed there, and signs the user in.</summary>
    /// <param name="token">What stands behind `confirm=` in the link.</param>
    /// <param name="duration">How long the token of the session lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.verifyEmail")]
    [PublicField("Whoever confirms an address cannot sign in yet; the token of the link proves who it is.")]
    public static async Task<AuthUser?> ConfirmEmailAsync(
        string token, int? duration, Caller caller, EmailConfirmation confirmation, CancellationToken cancellationToken)
        => AuthUser.Of(await confirmation.ConfirmAsync(token, TokenDuration.Of(duration), caller, cancellationToken));

    /// <summary>Sends another mail to somebody who waits to confirm their address, at most 3 an hour. The answer is the same for every address.</summary>
    /// <param name="email">The address.</param>
    [Audited("user.resendConfirmation")]
    [PublicField("Whoever waits for the mail cannot sign in yet; the answer tells nothing about who is a user.")]
    public static async Task<bool?> ResendConfirmationAsync(
        string email, Caller caller, EmailConfirmation confirmation, CancellationToken cancellationToken)
    {
        await confirmation.SendAgainAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Vouches for the address of a user, who may sign in from then on. True also where it was confirmed already.</summary>
    /// <param name="email">The address, whatever its case.</param>
    [Audited("user.verifyEmail")]
    [RequiresPermission(Permissions.UserVerifyEmail)]
    public static async Task<bool?> VerifyEmailAsync(
        string email, Caller caller, EmailConfirmation confirmation, CancellationToken cancellationToken)
    {
        await confirmation.VerifyAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Mails a link with which a user can choose a new password, at most 3 an hour. The answer is the same for every address.</summary>
    /// <param name="email">The user's address.</param>
    [Audited("user.forgotPassword")]
    [PublicField("Whoever forgot the password cannot sign in; the answer tells nothing about who is a user.")]
    public static async Task<bool?> ForgotPasswordAsync(
        string email, Caller caller, LocalSignIn local, PasswordReset reset, CancellationToken cancellationToken)
    {
        local.Require();
        await reset.SendAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Sets a new password with the token of a link, ends all sessions of the user, and signs the user in.</summary>
    /// <param name="token">What stands behind `reset=` in the link.</param>
    /// <param name="password">The new password, under the same rules as everyone's.</param>
    /// <param name="duration">How long the token of the session lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.resetPassword")]
    [PublicField("Whoever forgot the password cannot sign in; the token of the link proves who it is.")]
    public static async Task<AuthUser?> ResetPasswordAsync(
        string token, string password, int? duration, Caller caller, LocalSignIn local, PasswordReset reset, CancellationToken cancellationToken)
    {
        local.Require();
        return AuthUser.Of(await reset.ResetAsync(token, password, TokenDuration.Of(duration), caller, cancellationToken));
    }

    /// <summary>
    /// Makes a link with which a user can choose a new password: valid for an hour, once. For System Admins only, because whoever has the link can sign
    /// in as the user. It begins with the setting `Houston:PublicUrl`, or with the address by which the caller reached the service.
    /// </summary>
    /// <param name="userUuid">The user's id.</param>
    [Audited("user.createPasswordResetLink")]
    [RequiresPermission(Permissions.IamUpdate)]
    [SpendsQuota("reset-links")]
    public static async Task<PasswordResetLink?> CreatePasswordResetLinkAsync(
        Uuid userUuid, Caller caller, LocalSignIn local, PasswordReset reset, CancellationToken cancellationToken)
    {
        local.Require();
        return await reset.CreateLinkAsync(userUuid.Id ?? Guid.Empty, caller, cancellationToken);
    }

    /// <summary>Changes the user who asks.</summary>
    /// <param name="payload">What changes: `fullName`, `username`, and `password` together with `currentPassword`. A new password ends all other sessions.</param>
    [Audited("user.update")]
    [SignedIn]
    [SpendsQuota("own-changes")]
    public static async Task<UserRow?> UpdateSelfAsync(JsonElement payload, Caller caller, SelfUpdater updater, CancellationToken cancellationToken)
        => UserRow.Of(await updater.UpdateAsync(SelfChange.Read(payload), caller, cancellationToken));

    /// <summary>Removes a user with all their roles, sessions and addresses, and answers with what they were. Nobody removes themselves, the last System Admin, or the last admin of a workspace or deployment.</summary>
    /// <param name="userUuid">The user's id. Older clients send this one.</param>
    /// <param name="id">The user's id.</param>
    [Audited("user.delete")]
    [RequiresPermission(Permissions.UserDelete)]
    public static async Task<UserRow?> RemoveUserAsync(
        Uuid? userUuid, [GraphQLType("ID")] Uuid? id, Caller caller, UserRemover remover, CancellationToken cancellationToken)
    {
        var named = id is { IsAbsent: false } ? id : userUuid;
        return await remover.RemoveAsync(named?.Id ?? Guid.Empty, caller, cancellationToken);
    }

    private static string? FullNameIn(JsonElement? profile)
    {
        var given = profile is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty("fullName", out var name) ? name : default;

        return given.ValueKind switch
        {
            JsonValueKind.Undefined or JsonValueKind.Null => null,
            JsonValueKind.String => PlainText.Normalize(given.GetString()!, FullNameInvalidException.MaxLength)
                ?? throw new FullNameInvalidException(given.GetString()!),
            _ => throw new FullNameInvalidException(""),
        };
    }
}
