using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Lets people who are users already accept what they are invited to.</summary>
public sealed class AcceptInvite(
    Changes changes,
    IDbContextFactory<ControlPlaneDbContext> contexts,
    InvitationRedeemer redeemer,
    InvitationCover cover,
    Departures departures,
    RoleTable roles,
    TimeProvider clock)
{
    /// <summary>Gives the caller what the invitation gives, and uses it up. A role that they hold already stays as it is.</summary>
    /// <exception cref="InvitationInvalidException">The token is wrong, or the invitation is for somebody else; service accounts accept none.</exception>
    /// <exception cref="InviterLacksRoleException">Who sent it does not cover it any more.</exception>
    /// <exception cref="QuotaExceededException">Too many attempts from the caller's network address failed.</exception>
    public async Task<Invitation> RunAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        var invitation = await FindAsync(token, caller, cancellationToken) ?? throw new InvitationInvalidException();

        return await RoleChange.RunAsync(changes, departures, caller, async roleChange =>
        {
            var change = roleChange.Change;

            // Used, or withdrawn with a role of its sender, a moment ago.
            if (!await InvitationRedeemer.TakeAsync(change.Db, invitation, cancellationToken))
            {
                throw new InvitationInvalidException();
            }

            await cover.RequireAsync(change.Db, invitation, cancellationToken);
            change.Audit(InvitationAudit.Change("invitation.use", invitation) with { Before = InvitationAudit.Shown(invitation) });

            if (invitation.Role is { } name)
            {
                // Known, or nobody could cover it.
                var (holder, grant) = (RoleHolder.User(caller.Id!.Value), new RoleGrant(roles[name], invitation.WorkspaceId));

                if (await roleChange.FindAsync(holder, grant, cancellationToken) is null)
                {
                    roleChange.Give(holder, grant, clock.GetUtcNow());
                }
            }

            return invitation;
        }, cancellationToken);
    }

    /// <summary>The invitation, if it is for a verified address of the caller.</summary>
    private async Task<Invitation?> FindAsync(string token, Caller caller, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        IReadOnlyCollection<string> own = caller is { Kind: ActorKind.User, Id: { } id }
            ? await db.Emails.Where(e => e.UserId == id && e.Verified).Select(e => e.Address).ToListAsync(cancellationToken)
            : [];
        return await redeemer.FindAsync(db, token, own, caller, cancellationToken);
    }
}
