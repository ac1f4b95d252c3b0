using System.Text.Json;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>An invitation to the platform or to a workspace.</summary>
/// <remarks>What answers show of an <see cref="Invitation"/>. Not a record: a record would print the token.</remarks>
[GraphQLName("Invite")]
public sealed class InviteRow(Invitation invitation, string? token = null)
{
    /// <summary>The invitation's id.</summary>
    public Guid Id => invitation.Id;

    /// <summary>The invitation's id.</summary>
    [GraphQLDeprecated("Use `id`.")]
    public Guid Uuid => Id;

    /// <summary>The address of the invited person.</summary>
    public string Email => invitation.Email;

    /// <summary>The name of the role that the person gets; null for none.</summary>
    [GraphQLIgnore]
    public string? RoleName => invitation.Role;

    /// <summary>What the person is invited to: a list of objects with `role` and `workspaceUuid`; empty for the platform alone.</summary>
    [GraphQLType("JSON!")]
    public byte[] Assignments => JsonSerializer.SerializeToUtf8Bytes(
        invitation.Role is null && invitation.WorkspaceId is null
            ? []
            : new[] { new { role = invitation.Role, workspaceUuid = invitation.WorkspaceId } });

    /// <summary>The token to pass on: only in the answer that makes the invitation, and only if the platform sends no mails.</summary>
    public string? Token { get; } = token;

    /// <summary>When the invitation was made.</summary>
    public DateTimeOffset CreatedAt => invitation.CreatedAt;

    /// <summary>When the invitation was made; it does not change afterwards.</summary>
    public DateTimeOffset UpdatedAt => invitation.CreatedAt;

    /// <summary>From when on it cannot be used any more.</summary>
    public DateTimeOffset ExpiresAt => invitation.ExpiresAt;
}

[ObjectType<InviteRow>]
public static class InviteType
{
    /// <summary>The role that the person gets; null for none.</summary>
    public static Role? GetRole([Parent] InviteRow invite, RoleTable roles) => invite.RoleName is { } name ? roles.Find(name) : null;
}
