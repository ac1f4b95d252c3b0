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

/// <summary>Removes users, and with them their roles, sessions, addresses, links, places in teams, and the invitations they made.</summary>
public sealed class RemoveUser(Changes changes, RoleTable roles, Departures departures)
{
    /// <summary>Removes a user, and answers with what they were.</summary>
    /// <exception cref="OwnUserException">The user is the caller.</exception>
    /// <exception cref="UserNotFoundException">There is no such user.</exception>
    /// <exception cref="LastSystemAdminException">Nobody else is System Admin.</exception>
    /// <exception cref="UserIsLastAdminException">A workspace or deployment would be left without an admin.</exception>
    public async Task<UserRow> RunAsync(Guid userId, Caller caller, CancellationToken cancellationToken)
    {
        if (caller.Kind == ActorKind.User && caller.Id == userId)
        {
            throw new OwnUserException();
        }

        // In turn with those who take roles away, or two who look at each other's would both see one left.
        return await changes.RunAsync(caller, [Locks.Roles], async change =>
        {
            var db = change.Db;
            var user = await db.Users.SingleOrDefaultAsync(u => u.Id == userId, cancellationToken) ?? throw new UserNotFoundException();
            await ThrowIfLastAdminAsync(db, userId, cancellationToken);
            var emails = await db.Emails.Where(e => e.UserId == userId).OrderBy(e => e.CreatedAt).ThenBy(e => e.Id).ToListAsync(cancellationToken);
            change.AffectsCallers = true;
            change.Audit(new AuditedChange("user.delete", "user")
            {
                EntityId = user.Id,
                EntityName = user.Username,
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

        var others = RoleAdmins.HeldBySomebody(db, db.RoleBindings, leaving: userId);
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
