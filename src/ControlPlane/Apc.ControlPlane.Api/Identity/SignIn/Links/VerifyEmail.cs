using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Vouches for the address of a user. An address that is confirmed already stays so.</summary>
public sealed class VerifyEmail(Changes changes, TimeProvider clock)
{
    private static readonly Permission SeeUsers = Permission.Named(Permissions.UsersGet);

    /// <exception cref="UserNotFoundException">No user has the address, and the caller may see all users. For other callers nothing happens.</exception>
    public Task RunAsync(string address, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, [Locks.Users], async change =>
        {
            if (await change.Db.FindUserIdByEmailAsync(address, cancellationToken) is not { } id)
            {
                return caller.Permissions.Holds(SeeUsers) ? throw new UserNotFoundException() : false;
            }

            var user = await change.Db.Users.SingleAsync(u => u.Id == id, cancellationToken);
            var emails = await change.Db.Emails.Where(e => e.UserId == id).ToListAsync(cancellationToken);
            var email = emails.Single(e => e.AddressKey == NameKey.Of(address.Trim()));

            if (email is { Verified: true, Vouched: false } && user.Status is UserStatus.Active)
            {
                return false;
            }

            ConfirmEmail.Confirm(change, user, email, clock.GetUtcNow());
            await UserLinks.ForgetAsync(change.Db, id, UserLinkPurpose.ConfirmEmail, cancellationToken);
            return true;
        }, cancellationToken);
}
