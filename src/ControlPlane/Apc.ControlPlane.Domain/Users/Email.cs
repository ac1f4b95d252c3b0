namespace Apc.ControlPlane.Domain.Users;

/// <summary>An email address of a user.</summary>
public sealed class Email
{
    public required Guid Id { get; init; }

    /// <summary>Unique by its key.</summary>
    public required string Address
    {
        get;
        set => (field, AddressKey) = (value, Domain.NameKey.Of(value, field, AddressKey));
    }

    public string AddressKey { get; private set; } = "";

    /// <summary>Whether messages go to this address; one of a user's addresses is primary.</summary>
    public bool Primary { get; set; }

    /// <summary>Whether the address is known to be the user's. An address that is not verified identifies no user.</summary>
    public bool Verified { get; set; }

    /// <summary>
    /// Whether it counts as verified only because the operator vouches for all addresses; a sign-in provider overrules it.
    /// </summary>
    public bool Vouched { get; set; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}
