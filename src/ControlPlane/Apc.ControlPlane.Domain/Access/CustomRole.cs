namespace Apc.ControlPlane.Domain.Access;

/// <summary>A role that operators made through the API.</summary>
public sealed class CustomRole
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique by its key.</summary>
    public required string Name
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, NameKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Name"/>.</summary>
    public string NameKey { get; private set; } = "";

    /// <summary>What it is for.</summary>
    public string? Description { get; set; }

    /// <summary>What it is bound to.</summary>
    public required RoleScope Scope { get; init; }

    /// <summary>
    /// Names of <see cref="Access.Permissions"/> and wildcards such as <c>workspace.teams.*</c>, as they were given, sorted. One that this version does not
    /// know gives nothing.
    /// </summary>
    public required string[] Permissions { get; set; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }

    /// <summary>The role as it takes part in checks.</summary>
    public Role ToRole() => Access.Role.Custom(Id, Name, Scope, Permissions);
}
