using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Quotas;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Common.Mail;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Makes an invitation.</summary>
/// <remarks>Whether the caller may do so, and may give the role, is for who calls this to check.</remarks>
public sealed class InviteUser(
    Changes changes,
    DeleteInvite deleteInvite,
    MailQueue mails,
    QuotaCounter quotas,
    IOptions<SignupOptions> signups,
    IOptions<PlatformOptions> platform,
    TimeProvider clock)
{
    /// <summary>Invites somebody who is no user yet, or whoever has the address where the offer is for users, too. An earlier invitation of the same address to the same thing is void from then on.</summary>
    /// <exception cref="EmailInvalidException">The address is none.</exception>
    /// <exception cref="EmailTakenException">A user has the address, and needs no invitation.</exception>
    /// <exception cref="QuotaExceededException">The address, or the workspace, had too many invitations.</exception>
    public async Task<IssuedInvitation> RunAsync(InvitationOffer offer, Caller caller, CancellationToken cancellationToken)
    {
        var email = EmailAddress.Normalize(offer.Email) ?? throw new EmailInvalidException();
        await quotas.SpendAsync([.. Uses(offer, email)], caller, cancellationToken);
        var token = OneTimeToken.Make();
        var now = clock.GetUtcNow();
        var invitation = new Invitation
        {
            Id = Guid.CreateVersion7(now),
            Email = email,
            WorkspaceId = offer.Workspace?.Id,
            Role = offer.Role,
            TokenHash = token.Hash,
            Mailed = mails.IsAvailable,
            Vouched = caller.Permissions.Holds(Permissions.UserInvite),
            InvitedById = caller.Kind == ActorKind.User ? caller.Id : null,
            InvitedByServiceAccountId = caller.Kind == ActorKind.ServiceAccount ? caller.Id : null,
            CreatedAt = now,
            ExpiresAt = now + signups.Value.InvitationLifetime,
        };

        await SaveAsync(invitation, offer.ForUsersToo, caller, cancellationToken);

        if (!invitation.Mailed)
        {
            return new IssuedInvitation(invitation, token.Text);
        }

        // Handed to the inviter, the token would no longer show that its user reads the address; so where there is no room, there is no invitation.
        if (!mails.TryAdd(MailUrgency.Later, MailQuota.SenderOf(caller), InvitationMail.Write(invitation, offer.Workspace, token, platform.Value.Address()!)))
        {
            await deleteInvite.RunAsync(invitation.Id, invitation.WorkspaceId, caller, cancellationToken);
            throw new MailBusyException();
        }

        return new IssuedInvitation(invitation, token: null);
    }

    private static IEnumerable<QuotaUse> Uses(InvitationOffer offer, string email)
    {
        yield return new QuotaUse(QuotaTable.InvitationByRecipient, QuotaKeys.OfName(email));

        if (offer.Workspace is { } workspace)
        {
            yield return new QuotaUse(QuotaTable.InvitationByWorkspace, QuotaKeys.Of(workspace.Id));
        }
    }

    private Task<Invitation> SaveAsync(Invitation invitation, bool forUsersToo, Caller caller, CancellationToken cancellationToken)

        // In turn with sign-ups, so that nobody is invited who has just become a user; and with others who invite the same person.
        => changes.RunAsync(caller, [Locks.Users], async change =>
        {
            var db = change.Db;

            // Somebody who never confirmed the address makes room for whoever is invited there. One who was let in under it does not, known or not.
            if (!forUsersToo
                && await db.FindUserIdByEmailAsync(invitation.Email, cancellationToken) is { } id
                && await db.Users.AnyAsync(u => u.Id == id && (u.Status == UserStatus.Active || u.PasswordHash == null), cancellationToken))
            {
                throw new EmailTakenException();
            }

            await db.Database.ExecuteSqlRawAsync(
                InvitationSql.DeleteEarlier,
                [
                    new NpgsqlParameter<string>("emailKey", invitation.EmailKey),
                    new NpgsqlParameter("workspaceId", NpgsqlDbType.Uuid) { Value = invitation.WorkspaceId is { } workspace ? workspace : DBNull.Value },
                ],
                cancellationToken);
            db.Invitations.Add(invitation);
            change.Audit(InvitationAudit.Change("invitation.create", invitation) with { After = InvitationAudit.Shown(invitation) });
            return invitation;
        }, cancellationToken);
}
