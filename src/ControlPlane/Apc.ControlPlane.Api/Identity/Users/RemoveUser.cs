using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Users;

/// <summary>Removes users with their roles, sessions, addresses, links and memberships, and the invitations that they sent.</summary>
public sealed class RemoveUser(Changes changes, RoleTable roles, Departures departures)
{
    /// <summary>Removes a user, and returns their last state.</summary>
    /// <exception cref="OwnUserException">The user is the caller.</exception>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    /// <exception cref="LastSystemAdminException">No other user is System Admin.</exception>
    /// <exception cref="UserIsLastAdminException">A workspace or deployment would be left without an admin.</exception>
    public async Task<UserRow> RunAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Kind == ActorKind.User && caller.Id == userId)
        {
            throw new OwnUserException();
        }

        // Under the lock of roles, else two changes at the same moment would each see an admin whom the other removes.
        return await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var db = change.Db;
            var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UserNotFoundException();
            await ThrowIfLastAdminAsync(db, userId, cancellationToken);
            var emails = await db.Emails
                .Where(e => e.UserId == userId)
                .OrderBy(e => e.CreatedAt).ThenBy(e => e.Id)
                .ToListAsync(cancellationToken);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("user.delete", "user", user.Id, user.Username)
            {
                Before = new { user.Username, user.FullName, Emails = emails.Select(e => e.Address) },
            });
            await departures.OfRemovedUserAsync(change, userId, cancellationToken);
            db.Users.Remove(user);
            return UserRow.Of(user) with { KnownEmails = [.. emails.Select(EmailRow.Of)] };
        }, cancellationToken);
    }

    private async Task ThrowIfLastAdminAsync(ControlPlaneDbContext db, Guid userId, CancellationToken cancellationToken)
    {
        var own = db.RoleBindings.Where(b => b.UserId == userId || db.TeamUsers.Any(m => m.TeamId == b.TeamId && m.UserId == userId));

        if (await own.AnyAsync(b => b.Role == RoleNames.SystemAdmin, cancellationToken))
        {
            await RoleAdmins.ThrowIfLastAsync(db, roles.Grant(RoleNames.SystemAdmin), taken: [], leaving: userId, cancellationToken);
        }

        var others = RoleAdmins.HeldByUsers(db, db.RoleBindings, leaving: userId);
        var workspace = await db.Workspaces
            .Where(w => own.Any(b => b.WorkspaceId == w.Id && b.Role == RoleNames.WorkspaceAdmin)
                && !others.Any(b => b.WorkspaceId == w.Id && b.Role == RoleNames.WorkspaceAdmin))
            .OrderBy(w => w.Label)
            .Select(w => w.Label)
            .FirstOrDefaultAsync(cancellationToken);

        if (workspace is not null)
        {
            throw new UserIsLastAdminException("workspace", workspace);
        }

        var deployment = await db.Deployments
            .Where(d => d.DeletedAt == null
                && own.Any(b => b.DeploymentId == d.Id && b.Role == RoleNames.DeploymentAdmin)
                && !others.Any(b => b.DeploymentId == d.Id && b.Role == RoleNames.DeploymentAdmin))
            .OrderBy(d => d.Label)
            .Select(d => d.Label)
            .FirstOrDefaultAsync(cancellationToken);

        if (deployment is not null)
        {
            throw new UserIsLastAdminException("deployment", deployment);
        }
    }
}
