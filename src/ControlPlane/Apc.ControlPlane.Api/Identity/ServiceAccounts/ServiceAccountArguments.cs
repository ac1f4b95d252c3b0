using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>Reads arguments of fields about service accounts.</summary>
internal static class ServiceAccountArguments
{
    public const int DefaultTake = 100;

    public const int MaxTake = 1_000;

    /// <exception cref="InvalidPageException">The number is out of range.</exception>
    /// <exception cref="CursorNotFoundException">The cursor is no id.</exception>
    public static ServiceAccountQuery Query(ServiceAccountEntity entity, string? search, bool? active, int? take, Uuid? cursor) => new()
    {
        Entity = entity,
        Search = PageArguments.Text(search),
        Active = active,
        Take = take switch
        {
            null => DefaultTake,
            >= 1 and <= MaxTake => take.Value,
            _ => throw new InvalidPageException($"take is {take}, but must be 1 to {MaxTake}."),
        },
        Cursor = PageArguments.Cursor(cursor, "service account"),
    };

    /// <summary>The entity that a caller names by type and id; the platform needs no id.</summary>
    public static ServiceAccountEntity Entity(EntityType type, Uuid? id)
        => type is EntityType.System ? ServiceAccountEntity.System : new(type, (id ?? default).IdOrEmpty);

    /// <summary>The same for lists, in which an absent id means all entities of the type.</summary>
    public static ServiceAccountEntity EntityOrAll(EntityType type, Uuid? id)
        => id is { IsAbsent: false } ? Entity(type, id) : new(type, null);
}
