using Apc.GraphQL.Types.Scalars;

namespace Apc.ControlPlane.Api.Common.Scalars;

/// <summary>
/// An id as a caller wrote it. Any text is accepted: one that is no UUID names nothing, and an empty one counts as absent.
/// </summary>
public readonly record struct Uuid(string? Text)
{
    /// <summary>True for null and for the empty text.</summary>
    public bool IsAbsent => string.IsNullOrEmpty(Text);

    /// <summary>The id; null if the text is no UUID with hyphens.</summary>
    public Guid? Id => Guid.TryParseExact(Text, "D", out var id) ? id : null;

    /// <summary>The id, or the empty id, which no row has, if the text is no id.</summary>
    public Guid IdOrEmpty => Id ?? Guid.Empty;

    /// <inheritdoc/>
    public override string ToString() => Text ?? "";
}

/// <summary>The scalar of ids. Registered under two names, because existing clients declare their variables with either.</summary>
internal sealed class UuidScalar(string name) : TextScalar(
    name,
    "The id of a thing. Any text is accepted: one that is no id of this control plane names nothing, and an empty one counts as absent.")
{
    protected override object Parse(string text) => new Uuid(text);

    protected override string? FormatOf(object value) => value is Uuid uuid ? uuid.Text : null;
}
