

namespace Apc.ControlPlane.Api.Common.Scalars;

/// <summary>
/// An id as a caller wrote it. Any text is accepted: one that is no id of ours names nothing, and an empty one counts as absent.
/// </summary>
public readonly record struct Uuid(string? Text)
{
    /// <summary>True for null and for the empty text.</summary>
    public bool IsAbsent => string.IsNullOrEmpty(Text);

    /// <summary>The id, or null where the text is none of ours.</summary>
    public Guid? Id => Guid.TryParseExact(Text, "D", out var id) ? id : null;

    /// <summary>The id, or the empty id, which no row has, if the text is no id.</summary>
    public Guid IdOrEmpty => Id ?? Guid.Empty;

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";
}
