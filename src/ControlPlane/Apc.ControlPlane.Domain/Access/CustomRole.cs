namespace Apc.ControlPlane.Domain.Access;

/// <summary>A role that was made through the API.</summary>
public sealed class CustomRole
{
    public required Guid Id { get; init; }

    /// <summary>Unique by its key.</summary>
    public required string Name
    {
        get;
        set => (field, NameKey) = (value, Domain.NameKey.Of(value, field, NameKey));
    }

    public string NameKey { get; private set; } = "";

    public string? Description { get; set; }

    /// <summary>The kind of entity that bindings of it name.</summary>
    public required RoleScope Scope { get; init; }

    /// <summary>
    /// Names of <see cref="Access.Permissions"/> and wildcards such as <c>workspace.teams.*</c>, as they were given, sorted. A name that
    /// this version does not know gives no permission.
    /// </summary>
    public required string[] Permissions { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The role as checks use it.</summary>
    public Role ToRole() => Access.Role.Custom(Id, Name, Scope, Permissions);
}
