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

    /// <summary>The invitations to the platform and to all workspaces that fit, newest first.</summary>
    public Task<IReadOnlyList<Invitation>> ListAsync(InvitationFilter filter, CancellationToken cancellationToken)
        => ListAsync(invitations => invitations, filter, cancellationToken);

    /// <summary>The invitations to one workspace that fit, newest first.</summary>
    public Task<IReadOnlyList<Invitation>> ListOfWorkspaceAsync(Guid workspaceId, InvitationFilter filter, CancellationToken cancellationToken)
        => ListAsync(invitations => invitations.Where(i => i.WorkspaceId == workspaceId), filter, cancellationToken);

    private async Task<IReadOnlyList<Invitation>> ListAsync(
        Func<IQueryable<Invitation>, IQueryable<Invitation>> narrow, InvitationFilter filter, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow();
        var query = narrow(db.Invitations.AsNoTracking().Where(i => i.ExpiresAt > now));

        if (filter.Id is { } id)
        {
            query = query.Where(i => i.Id == id);
        }

        if (filter.Email is { } email)
        {
            var key = NameKey.Of(email);
            query = query.Where(i => i.EmailKey == key);
        }

        return await query.OrderByDescending(i => i.CreatedAt).ThenByDescending(i => i.Id).Take(MaxResults).ToListAsync(cancellationToken);
    }
}

/// <summary>Which invitations are looked for; all of them where nothing is given.</summary>
public sealed record InvitationFilter
{
    /// <summary>The invitation's id; <see cref="Guid.Empty"/> for one that cannot be.</summary>
    public Guid? Id { get; init; }

    /// <summary>Who is invited, however the address is spelled.</summary>
    public string? Email { get; init; }
}
