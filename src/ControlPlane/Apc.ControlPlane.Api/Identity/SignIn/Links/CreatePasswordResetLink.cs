using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.SignIn.Links;

/// <summary>Makes a link for a System Admin to pass on, with which a user can choose a new password.</summary>
public sealed class CreatePasswordResetLink(Changes changes, UserLinks links, LinkMails texts)
{
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    /// <exception cref="UserPendingException">The user's address is not confirmed.</exception>
    /// <exception cref="PermissionDeniedException">The caller is not System Admin. The link lets its holder sign in as the user, whatever roles that user has.</exception>
    public async Task<PasswordResetLink> RunAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.Permissions.IsSystemAdmin)
        {
            throw new PermissionDeniedException();
        }

        return await changes.RunAsync(caller, async change =>
        {
            var user = await change.Db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId, cancellationToken)
                ?? throw new UserNotFoundException();

            if (user.Status is not UserStatus.Active)
            {
                throw new UserPendingException();
            }

            var (token, link) = links.Add(change.Db, userId, UserLinkPurpose.ResetPassword);
            change.Audit(new AuditedChange("user.createPasswordResetLink", "user")
            {
                EntityId = user.Id,
                EntityName = user.Username,
                After = new { link.ExpiresAt },
            });
            return new PasswordResetLink(texts.Url(caller.Origin, UserLinkPurpose.ResetPassword, token), link.ExpiresAt);
        }, cancellationToken);
    }
}

/// <summary>A link with which one user can choose a new password.</summary>
/// <remarks>Not a record: a record would print the link.</remarks>
public sealed class PasswordResetLink(string url, DateTimeOffset expiresAt)
{
    /// <summary>The address to open, this once. Whoever has it can sign in as the user.</summary>
    public string Url { get; } = url;

    /// <summary>From when on it is refused.</summary>
    public DateTimeOffset ExpiresAt { get; } = expiresAt;
}
