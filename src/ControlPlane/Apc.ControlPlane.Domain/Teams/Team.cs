namespace Apc.ControlPlane.Domain.Teams;

/// <summary>A team of users: a role that is bound to the team counts for each of its members.</summary>
public sealed class Team
{
    /// <summary>The provider of teams that are managed on this platform, not by a sign-in provider.</summary>
    public const string LocalProvider = "local";

    public required Guid Id { get; init; }

    /// <summary>Ascending, made by the database.</summary>
    public int SortId { get; init; }

    /// <summary>Unique in its provider by its key.</summary>
    public required string Name
    {
        get;
        set => (field, NameKey) = (value, Domain.NameKey.Of(value, field, NameKey));
    }

    public string NameKey { get; private set; } = "";

    /// <summary>What manages the members: <see cref="LocalProvider"/>, or the name of a sign-in provider.</summary>
    public required string Provider { get; init; }

    /// <summary>
    /// The id of the provider's group whose members these are; null for a local team, and for a team without a group. Compared exactly,
    /// unique in the provider, and not changed once it is set: a name may change, and would give a team's roles to other people.
    /// </summary>
    public string? ExternalId { get; set; }

    /// <summary>Whether this platform manages the members.</summary>
    public bool IsLocal => Provider == LocalProvider;

    public string? Description { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>The membership of a user in a team.</summary>
public sealed class TeamUser
{
    public required Guid TeamId { get; init; }

    public required Guid UserId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>The rules for the texts of a team.</summary>
public static class TeamText
{
    /// <summary>Most UTF-16 units of a name.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Most UTF-16 units of a description.</summary>
    public const int MaxDescriptionLength = 4_096;

    /// <summary>Most UTF-16 units of the id of a group.</summary>
    public const int MaxExternalIdLength = 255;

    /// <summary>Whether a text can be the id of a provider's group. It is not trimmed: ids may differ in a blank.</summary>
    public static bool IsExternalId(string text)
        => text.Length <= MaxExternalIdLength && !string.IsNullOrWhiteSpace(text) && PlainText.IsPlain(text);

    /// <summary>The name without surrounding blanks; null if it is empty, too long, or no plain text of one line.</summary>
    public static string? Name(string text) => PlainText.Normalize(text, MaxNameLength);

    /// <summary>The description without surrounding blanks, empty if nothing is left; null if it is too long or no plain text.</summary>
    public static string? Description(string text) => PlainText.NormalizeLines(text, MaxDescriptionLength);
}
