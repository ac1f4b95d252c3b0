using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Sql;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Teams;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Identity.Teams;

/// <summary>A team as the arguments of a field name it.</summary>
/// <param name="Id">Its id; null if it is named by name and provider.</param>
/// <param name="Name">Its name, whatever its case; empty if it is named by id.</param>
/// <param name="Provider">The provider to which the name belongs; empty if the team is named by id.</param>
public readonly record struct TeamReference(Guid? Id, string Name, string Provider)
{
    /// <param name="provider">The argument with the provider; this platform if absent.</param>
    /// <param name="idArgument">The argument with the id, by its name in the schema.</param>
    /// <exception cref="TeamAmbiguousException">Neither id nor name is given, or both are.</exception>
    public static TeamReference Of(Uuid? id, string? name, string? provider, string idArgument)
        => (id is { IsAbsent: false }, !string.IsNullOrEmpty(name)) switch
        {
            (true, false) => new(id!.Value.IdOrEmpty, "", ""),
            (false, true) => new(null, name!, string.IsNullOrWhiteSpace(provider) ? Team.LocalProvider : provider),
            _ => throw new TeamAmbiguousException(idArgument),
        };

    /// <summary>The team, tracked by the context.</summary>
    /// <exception cref="TeamNotFoundException">There is none.</exception>
    public async Task<Team> GetAsync(ControlPlaneDbContext db, CancellationToken cancellationToken)
        => await Matching(db).SingleOrDefaultAsync(cancellationToken) ?? throw new TeamNotFoundException();

    private IQueryable<Team> Matching(ControlPlaneDbContext db)
    {
        if (Id is { } id)
        {
            return db.Teams.Where(t => t.Id == id);
        }

        return PlainText.IsPlain(Name) && PlainText.IsPlain(Provider)
            ? db.Teams.FromSqlRaw(TeamSql.ByName, NameKey.Of(Provider.Trim()), NameKey.Of(Name.Trim()))
            : throw new TeamNotFoundException();
    }
}
