using Apc.GraphQL.Types.Scalars;

namespace Apc.ControlPlane.Api.Common.Scalars;

/// <summary>The scalar of ids. Existing clients declare their variables with both of its names.</summary>
internal sealed class UuidScalar(string name) : TextScalar(
    name, "The id of a thing. Any text is accepted: one that is no id of this control plane names nothing, and an empty one counts as absent.")
{
    protected override object Parse(string text) => new Uuid(text);

    protected override string? FormatOf(object value) => value is Uuid uuid ? uuid.Text : null;
}
