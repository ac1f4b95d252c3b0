using System.Text.Json;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>What a caller wants changed of a workspace; members that were not given stay as they are.</summary>
public sealed record WorkspaceChange
{
    private const string LabelMember = "label";
    private const string DescriptionMember = "description";

    /// <summary>The new label.</summary>
    public string? Label { get; private init; }

    /// <summary>The new description; given as null, it is cleared.</summary>
    public Optional<string?> Description { get; private init; }

    /// <summary>Reads the payload that clients send.</summary>
    /// <exception cref="WorkspacePayloadInvalidException">It is no object, or has members of another name or kind.</exception>
    /// <exception cref="WorkspaceLabelInvalidException">The label cannot be stored.</exception>
    /// <exception cref="WorkspaceDescriptionInvalidException">The description cannot be stored.</exception>
    public static WorkspaceChange Of(JsonElement json)
    {
        var payload = Payload.Read(json, (LabelMember, PayloadKind.TextOrNull), (DescriptionMember, PayloadKind.TextOrNull));

        if (Problem(payload) is { } problem)
        {
            throw new WorkspacePayloadInvalidException(problem);
        }

        var description = payload.Text(DescriptionMember);

        return new WorkspaceChange
        {
            Label = payload.Text(LabelMember) is { } label ? WorkspaceText.Label(label) ?? throw new WorkspaceLabelInvalidException(label) : null,
            Description = payload.Has(DescriptionMember)
                ? new(description is null ? null : WorkspaceText.Description(description) ?? throw new WorkspaceDescriptionInvalidException(description))
                : default,
        };
    }

    private static string? Problem(Payload payload) => payload switch
    {
        { IsObject: false } => "It is no object.",
        { Unknown: [_, ..] unknown } => $"These members cannot be changed: {Named(unknown)}.",
        { Wrong: [var member, ..] } => $"The member {member} is no text.",
        _ => null,
    };

    // There may be any number of them, and of any length.
    private static string Named(IReadOnlyList<string> members)
        => string.Join(", ", members.Take(5).Select(m => m.Length > 64 ? m[..64] + "…" : m)) + (members.Count > 5 ? " and more" : "");
}
