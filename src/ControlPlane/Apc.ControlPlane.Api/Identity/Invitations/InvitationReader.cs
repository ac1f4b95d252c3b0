using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Invitations;

/// <summary>Lists invitations that can still be used.</summary>
public sealed class InvitationReader(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
{
    /// <summary>Most invitations of one answer; the newest.</summary>
    public const int MaxResults = 1_000;

    /// <summary>The invitations that match, newest first.</summary>
    /// <param name="search">Which invitations; null for all.</param>
    /// <param name="workspaceId">Only invitations to this workspace; null for all workspaces and the platform.</param>
    public async Task<IReadOnlyList<Invitation>> ListAsync(InviteSearch? search, Guid? workspaceId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var query = db.Invitations.AsNoTracking().Where(i => i.ExpiresAt > now);

        if (workspaceId is { } workspace)
        {
            query = query.Where(i => i.WorkspaceId == workspace);
        }

        if (PageArguments.Id(search?.InviteUuid) is { } id)
        {
            query = query.Where(i => i.Id == id);
        }

        if (!string.IsNullOrWhiteSpace(search?.Email))
        {
            var key = NameKey.Of(search.Email.Trim());
            query = query.Where(i => i.EmailKey == key);
        }

        return await query
            .OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id)
            .Take(MaxResults)
            .ToListAsync(cancellationToken);
    }
}

/// <summary>The invitations to look for: those that match all given members exactly. Empty texts count as absent.</summary>
public sealed record InviteSearch
{
    /// <summary>The invitation's id.</summary>
    public Uuid? InviteUuid { get; init; }

    /// <summary>The address of the invited person, whatever its case.</summary>
    public string? Email { get; init; }
}
