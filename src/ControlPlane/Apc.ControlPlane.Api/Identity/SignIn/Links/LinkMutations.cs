using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

[MutationType]
public static class LinkMutations
{
    /// <summary>Confirms the address of a new user with the token of the link that was mailed there, and signs the user in.</summary>
    /// <param name="token">What stands behind `confirm=` in the link.</param>
    /// <param name="duration">How long the token of the session lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.verifyEmail")]
    [PublicField("Whoever confirms an address cannot sign in yet; the token of the link proves who it is.")]
    public static async Task<AuthUser?> ConfirmEmailAsync(
        string token, int? duration, Caller caller, ConfirmEmail confirmEmail, CancellationToken cancellationToken)
        => AuthUser.Of(await confirmEmail.RunAsync(token, TokenDuration.Of(duration), caller, cancellationToken));

    /// <summary>Sends another mail to somebody who waits to confirm their address, at most 3 an hour. The answer is the same for every address.</summary>
    /// <param name="email">The address.</param>
    [Audited("user.resendConfirmation")]
    [PublicField("Whoever waits for the mail cannot sign in yet; the answer tells nothing about who is a user.")]
    public static async Task<bool?> ResendConfirmationAsync(
        string email, Caller caller, ConfirmationMails confirmations, CancellationToken cancellationToken)
    {
        await confirmations.ResendAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Vouches for the address of a user, who may sign in from then on. True also where it was confirmed already.</summary>
    /// <param name="email">The address, whatever its case.</param>
    [Audited("user.verifyEmail")]
    [RequiresPermission(Permissions.UserVerifyEmail)]
    public static async Task<bool?> VerifyEmailAsync(
        string email, Caller caller, VerifyEmail verifyEmail, CancellationToken cancellationToken)
    {
        await verifyEmail.RunAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Mails a link with which a user can choose a new password, at most 3 an hour. The answer is the same for every address.</summary>
    /// <param name="email">The user's address.</param>
    [Audited("user.forgotPassword")]
    [PublicField("Whoever forgot the password cannot sign in; the answer tells nothing about who is a user.")]
    public static async Task<bool?> ForgotPasswordAsync(
        string email, Caller caller, LocalSignIn local, ForgotPassword forgotPassword, CancellationToken cancellationToken)
    {
        local.Require();
        await forgotPassword.RunAsync(email, caller, cancellationToken);
        return true;
    }

    /// <summary>Sets a new password with the token of a link, ends all sessions of the user, and signs the user in.</summary>
    /// <param name="token">What stands behind `reset=` in the link.</param>
    /// <param name="password">The new password, under the same rules as everyone's.</param>
    /// <param name="duration">How long the token of the session lives, in milliseconds: 60000 to 86400000, which is 24 hours and the default.</param>
    [Audited("user.resetPassword")]
    [PublicField("Whoever forgot the password cannot sign in; the token of the link proves who it is.")]
    public static async Task<AuthUser?> ResetPasswordAsync(
        string token,
        string password,
        int? duration,
        Caller caller,
        LocalSignIn local,
        ResetPassword resetPassword,
        CancellationToken cancellationToken)
    {
        local.Require();
        return AuthUser.Of(await resetPassword.RunAsync(token, password, TokenDuration.Of(duration), caller, cancellationToken));
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
        Uuid userUuid, Caller caller, LocalSignIn local, CreatePasswordResetLink createLink, CancellationToken cancellationToken)
    {
        local.Require();
        return await createLink.RunAsync(userUuid.Id ?? Guid.Empty, caller, cancellationToken);
    }
}
