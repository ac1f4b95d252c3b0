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
/// <remarks>Does not check whether the caller may invite and may give the role.</remarks>
public sealed class InviteUser(
    Changes changes,
    DeleteInvite deleteInvite,
    MailQueue mails,
    QuotaCounter quotas,
    IOptions<SignupOptions> signups,
    IOptions<PlatformOptions> platform,
    TimeProvider clock)
{
    /// <summary>Invites a person, and deletes earlier invitations of the same address to the same workspace or the platform.</summary>
    /// <exception cref="EmailInvalidException">The text is no address.</exception>
    /// <exception cref="EmailTakenException">A user has the address, and <see cref="InvitationOffer.ForUsersToo"/> is off.</exception>
    /// <exception cref="QuotaExceededException">There were too many invitations of the address or to the workspace.</exception>
    /// <exception cref="MailBusyException">Too many mails wait; then there is no invitation.</exception>
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

        // Without the mail the inviter could pass the token on, but then its use would not show that the person reads the address.
        var mail = InvitationMail.Write(invitation, offer.Workspace, token, platform.Value.Address()!);

        if (!mails.TryAdd(MailUrgency.Later, MailQuota.SenderOf(caller), mail))
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

        // Under the lock of sign-ups, so that a person who becomes a user at this moment is not invited, and of other invitations to the
        // same person.
        => changes.RunAsync(caller, [Locks.Users], async change =>
        {
            var db = change.Db;

            // A pending user who signed up with the address does not stand in the way; an active one does, and one who was made by another
            // user.
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
                    new NpgsqlParameter("workspaceId", NpgsqlDbType.Uuid) { Value = (object?)invitation.WorkspaceId ?? DBNull.Value },
                ],
                cancellationToken);
            db.Invitations.Add(invitation);
            change.Audit(InvitationAudit.Change("invitation.create", invitation) with { After = InvitationAudit.Shown(invitation) });
            return invitation;
        }, cancellationToken);
}

/// <summary>The invitation to make.</summary>
public sealed record InvitationOffer(string Email)
{
    /// <summary>The workspace; null for the platform alone.</summary>
    public InvitedWorkspace? Workspace { get; init; }

    /// <summary>Whether users may be invited too, so that the caller does not learn whether the address is known.</summary>
    public bool ForUsersToo { get; init; }

    /// <summary>The name of the role that the invitation gives, in the workspace if there is one; null for none.</summary>
    public string? Role { get; init; }
}

/// <summary>A workspace to which a person is invited.</summary>
/// <param name="Label">Its label, for the mail.</param>
public sealed record InvitedWorkspace(Guid Id, string Label);

/// <summary>An invitation that has just been made. Not a record: a record would print the token.</summary>
public sealed class IssuedInvitation(Invitation invitation, string? token)
{
    public Invitation Invitation { get; } = invitation;

    /// <summary>The token, for the inviter to pass on; null if it was mailed.</summary>
    public string? Token { get; } = token;
}
