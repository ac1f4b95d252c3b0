namespace Apc.ControlPlane.Domain.Workspaces;

/// <summary>A workspace: it owns deployments, and users, teams and service accounts hold roles in it.</summary>
public sealed class Workspace
{
    public required Guid Id { get; init; }

    /// <summary>Unique in the control plane by its key.</summary>
    public required string Label
    {
        get;
        set => (field, LabelKey) = (value, Domain.NameKey.Of(value, field, LabelKey));
    }

    public string LabelKey { get; private set; } = "";

    /// <summary>Its purpose, in one or more lines; null if none was given.</summary>
    public string? Description { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>The rules for the texts of a workspace.</summary>
public static class WorkspaceText
{
    /// <summary>Most UTF-16 units of a label.</summary>
    public const int MaxLabelLength = 255;

    /// <summary>Most UTF-16 units of a description.</summary>
    public const int MaxDescriptionLength = 4_096;

    /// <summary>The label without surrounding blanks; null if it is empty, too long, or no plain text of one line.</summary>
    public static string? Label(string text) => PlainText.Normalize(text, MaxLabelLength);

    /// <summary>The description without surrounding blanks, empty if nothing is left; null if it is too long or no plain text.</summary>
    public static string? Description(string text) => PlainText.NormalizeLines(text, MaxDescriptionLength);
}
