using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Identity.Invitations;

[QueryType]
public static class InvitationQueries
{
    /// <summary>The valid invitations to the platform and to all workspaces, newest first; at most 1000. Tokens are not shown.</summary>
    /// <param name="invite">Only invitations that match all given members.</param>
    [Audited("invite.read")]
    [RequiresPermission(Permissions.InvitesGet)]
    public static async Task<IReadOnlyList<InviteRow>?> GetInvitesAsync(
        InviteSearch? invite, InvitationReader reader, CancellationToken cancellationToken)
        => [.. (await reader.ListAsync(invite, workspaceId: null, cancellationToken)).Select(i => new InviteRow(i))];
}
