using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.Execution.DataLoader;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Access.CustomRoles;

/// <summary>Reads custom roles.</summary>
public sealed class CustomRoleReader(IDbContextFactory<ControlPlaneDbContext> contexts)
{
    /// <exception cref="CustomRoleNotFoundException">There is none with this id.</exception>
    public async Task<CustomRole> GetAsync(Guid? id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
            ?? throw new CustomRoleNotFoundException();
    }

    /// <summary>A page of the roles of one scope; of all roles for null.</summary>
    /// <exception cref="CursorNotFoundException">The cursor is the id of no custom role.</exception>
    public async Task<CustomRolePage> PageAsync(RoleScope? scope, int take, Guid? cursor, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = db.CustomRoles.AsNoTracking().Where(r => scope == null || r.Scope == scope);
        var page = matching;

        if (cursor is { } id)
        {
            var after = await db.CustomRoles.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id, cancellationToken)
                ?? throw new CursorNotFoundException("custom role", id.ToString());
            page = page.Where(r
                => EF.Functions.GreaterThan(ValueTuple.Create(r.CreatedAt, r.Id), ValueTuple.Create(after.CreatedAt, after.Id)));
        }

        var roles = await page.OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).Take(take).ToListAsync(cancellationToken);
        return new([.. roles.Select(CustomRoleRow.Of)], await matching.CountAsync(cancellationToken));
    }
}

/// <summary>Loads custom roles by id: one database query for all the ids of one level.</summary>
public sealed class CustomRoleByIdDataLoader(IDbContextFactory<ControlPlaneDbContext> contexts)
    : BatchDataLoader<Guid, CustomRoleRow>
{
    protected override async Task<IReadOnlyDictionary<Guid, CustomRoleRow>> LoadBatchAsync(
        IReadOnlyList<Guid> keys, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.CustomRoles.AsNoTracking()
            .Where(r => keys.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, CustomRoleRow.Of, cancellationToken);
    }
}
