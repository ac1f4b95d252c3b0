using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>Which team a caller means: by its id, or by its name in a provider, however both are spelled.</summary>
public readonly record struct TeamReference
{
    private TeamReference(Guid? id, string name, string provider)
    {
        Id = id;
        Name = name;
        Provider = provider;
    }

    private Guid? Id { get; }

    private string Name { get; }

    private string Provider { get; }

    /// <summary>The one that the arguments name.</summary>
    /// <param name="id">The id, or absent.</param>
    /// <param name="name">The name, or null.</param>
    /// <param name="provider">The provider to which the name belongs; this platform where none is given.</param>
    /// <param name="idArgument">How callers know the argument with the id.</param>
    /// <exception cref="TeamAmbiguousException">Neither is given, or both are.</exception>
    public static TeamReference Of(Uuid? id, string? name, string? provider, string idArgument)
        => (id is { IsAbsent: false }, !string.IsNullOrEmpty(name)) switch
        {
            // A text that is no id of ours names nothing; the empty id stands for that.
            (true, false) => new(id!.Value.Id ?? Guid.Empty, "", ""),
            (false, true) => new(null, name!, string.IsNullOrWhiteSpace(provider) ? Team.LocalProvider : provider),
            _ => throw new TeamAmbiguousException(idArgument),
        };

    /// <summary>The team, tracked by the context.</summary>
    /// <exception cref="TeamNotFoundException">There is none.</exception>
    public async Task<Team> FindAsync(ControlPlaneDbContext db, CancellationToken cancellationToken)
    {
        if (Id is { } id)
        {
            return await db.Teams.SingleOrDefaultAsync(t => t.Id == id, cancellationToken) ?? throw new TeamNotFoundException();
        }

        if (!PlainText.IsPlain(Name) || !PlainText.IsPlain(Provider))
        {
            throw new TeamNotFoundException();
        }

        return await db.Teams.FromSqlRaw(TeamSql.ByName, NameKey.Of(Provider.Trim()), NameKey.Of(Name.Trim())).SingleOrDefaultAsync(cancellationToken)
            ?? throw new TeamNotFoundException();
    }
}
