namespace Apc.ControlPlane.Domain.Teams;

/// <summary>What people may write about a team.</summary>
public static class TeamText
{
    /// <summary>Most UTF-16 units of a name.</summary>
    public const int MaxNameLength = 255;

    /// <summary>Most UTF-16 units of a description.</summary>
    public const int MaxDescriptionLength = 4_096;

    /// <summary>Most UTF-16 units of the id of a group.</summary>
    public const int MaxExternalIdLength = 255;

    /// <summary>
    /// Whether a text can be the id of a provider's group. It is kept as it is, because two groups that differ in a blank are two groups.
    /// </summary>
    public static bool IsExternalId(string text)
        => text.Length <= MaxExternalIdLength && !string.IsNullOrWhiteSpace(text) && PlainText.IsPlain(text);

    /// <summary>The name without surrounding blanks; null where it is none: empty, too long, or no plain text of one line.</summary>
    public static string? Name(string text) => PlainText.Normalize(text, MaxNameLength);

    /// <summary>
    /// The description without surrounding blanks, empty where nothing is left; null where it is too long or holds what no text of several lines does.
    /// </summary>
    public static string? Description(string text) => PlainText.NormalizeLines(text, MaxDescriptionLength);
}
