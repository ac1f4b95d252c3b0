using System.Collections.Concurrent;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Audits;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Features.Gate;

/// <summary>The primary addresses of users who come through the gate, read at most once a minute for each: a page of Grafana asks a hundred times.</summary>
public sealed class CallerEmails(IDbContextFactory<ControlPlaneDbContext> contexts, TimeProvider clock)
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(1);

    // Users within one minute; beyond it the cache starts anew, which costs reads and nothing else.
    private const int MaxEntries = 10_000;

    private readonly ConcurrentDictionary<Guid, Known> _known = [];

    /// <summary>The caller's address as a header's value; null for service accounts, and for users without one.</summary>
    public ValueTask<string?> OfAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (caller is not { Kind: ActorKind.User, Id: { } id })
        {
            return new(default(string));
        }

        return _known.TryGetValue(id, out var known) && clock.GetElapsedTime(known.ReadAt) < KeptFor ? new(known.Email) : new(ReadAsync(id, cancellationToken));
    }

    private async Task<string?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        var readAt = clock.GetTimestamp();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var address = await db.Emails.AsNoTracking()
            .Where(e => e.UserId == id)
            .OrderByDescending(e => e.Primary).ThenBy(e => e.CreatedAt).ThenBy(e => e.Id)
            .Select(e => e.Address)
            .FirstOrDefaultAsync(cancellationToken);

        if (_known.Count >= MaxEntries)
        {
            _known.Clear();
        }

        var known = new Known(address is null ? null : HeaderText.Encode(address), readAt);
        _known[id] = known;
        return known.Email;
    }

    private sealed record Known(string? Email, long ReadAt);
}
