namespace Apc.ControlPlane.Domain.Users;

/// <summary>An address of a person.</summary>
public sealed class Email
{
    /// <summary>UUID version 7, made by the application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Unique by its key.</summary>
    public required string Address
    {
        get;
        set
        {
            // A key that an upgrade had to make unique stays with an unchanged name.
            if (value != field)
            {
                (field, AddressKey) = (value, Domain.NameKey.Of(value));
            }
        }
    }

    /// <summary>Canonical key of <see cref="Address"/>.</summary>
    public string AddressKey { get; private set; } = "";

    /// <summary>Whether messages go to this address; one of a person's addresses is primary.</summary>
    public bool Primary { get; set; }

    /// <summary>Whether it is known to be the person's. An address of which that is not known is a text: it stands for nobody.</summary>
    public bool Verified { get; set; }

    /// <summary>
    /// Whether it counts as verified only because the operator vouches for all addresses. A sign-in provider that vouches for this very one knows
    /// better whose it is.
    /// </summary>
    public bool Vouched { get; set; }

    /// <summary>Whose address it is.</summary>
    public required Guid UserId { get; init; }

    /// <summary>When the record was made, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Last change of the record, UTC.</summary>
    public DateTimeOffset UpdatedAt { get; set; }
}
