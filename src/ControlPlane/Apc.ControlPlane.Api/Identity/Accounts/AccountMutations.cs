using System.Text.Json;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Accounts;

[MutationType]
public static class AccountMutations
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
        CreateUser registrar,
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
            : AuthUser.Of(await signIn.BeginAsync(user, lifetime, caller, cancellationToken));
    }

    /// <summary>Changes the user who asks.</summary>
    /// <param name="payload">What changes: `fullName`, `username`, and `password` together with `currentPassword`. A new password ends all other sessions.</param>
    [Audited("user.update")]
    [SignedIn]
    [SpendsQuota("own-changes")]
    public static async Task<UserRow?> UpdateSelfAsync(JsonElement payload, Caller caller, UpdateSelf updateSelf, CancellationToken cancellationToken)
        => UserRow.Of(await updateSelf.RunAsync(SelfChange.Read(payload), caller, cancellationToken));

    private static string? FullNameIn(JsonElement? profile)
    {
        var payload = Payload.Read(profile ?? default, ("fullName", PayloadKind.TextOrNull));

        if (payload.Wrong.Count > 0)
        {
            throw new FullNameInvalidException("");
        }

        return payload.Text("fullName") is { } name
            ? PlainText.Normalize(name, FullNameInvalidException.MaxLength) ?? throw new FullNameInvalidException(name)
            : null;
    }
}
