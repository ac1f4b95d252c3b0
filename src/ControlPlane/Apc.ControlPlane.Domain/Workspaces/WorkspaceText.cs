namespace Apc.ControlPlane.Domain.Workspaces;

/// <summary>What people may write about a workspace.</summary>
public static class WorkspaceText
{
    /// <summary>Most UTF-16 units of a label.</summary>
    public const int MaxLabelLength = 255;

    /// <summary>Most UTF-16 units of a description.</summary>
    public const int MaxDescriptionLength = 4_096;

    /// <summary>The label without surrounding blanks; null where it is none: empty, too long, or no plain text of one line.</summary>
    public static string? Label(string text) => PlainText.Normalize(text, MaxLabelLength);

    /// <summary>
    /// The description without surrounding blanks, empty where nothing is left; null where it is too long or holds what no text of several lines does.
    /// </summary>
    public static string? Description(string text) => PlainText.NormalizeLines(text, MaxDescriptionLength);
}
