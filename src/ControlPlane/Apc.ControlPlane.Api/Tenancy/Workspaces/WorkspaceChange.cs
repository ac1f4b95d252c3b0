using System.Text.Json;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Json;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>What a caller wants changed of a workspace; members that were not given stay as they are.</summary>
public sealed record WorkspaceChange
{
    /// <summary>The new label.</summary>
    public string? Label { get; private init; }

    /// <summary>The new description; given as null, it is cleared.</summary>
    public Optional<string?> Description { get; private init; }

    /// <summary>Reads the payload that clients send.</summary>
    /// <exception cref="WorkspacePayloadInvalidException">It is no object, or has members of another name or kind.</exception>
    /// <exception cref="WorkspaceLabelInvalidException">The label cannot be stored.</exception>
    /// <exception cref="WorkspaceDescriptionInvalidException">The description cannot be stored.</exception>
    public static WorkspaceChange Of(JsonElement payload)
    {
        if (payload.ValueKind is not JsonValueKind.Object)
        {
            throw new WorkspacePayloadInvalidException("It is no object.");
        }

        var unknown = payload.EnumerateObject().Select(JsonStrings.NameOf).Where(name => name is not ("label" or "description")).Distinct().ToArray();

        if (unknown.Length > 0)
        {
            throw new WorkspacePayloadInvalidException($"These members cannot be changed: {Named(unknown)}.");
        }

        var label = Text(payload, "label");
        var description = Text(payload, "description");

        return new WorkspaceChange
        {
            Label = label is { } name ? WorkspaceText.Label(name) ?? throw new WorkspaceLabelInvalidException(name) : null,
            Description = JsonStrings.TryGetMember(payload, "description", out _)
                ? new(description is null ? null : WorkspaceText.Description(description) ?? throw new WorkspaceDescriptionInvalidException(description))
                : default,
        };
    }

    // There may be any number of them, and of any length.
    private static string Named(string[] members)
        => string.Join(", ", members.Take(5).Select(m => m.Length > 64 ? m[..64] + "…" : m)) + (members.Length > 5 ? " and more" : "");

    private static string? Text(JsonElement payload, string member)
        => !JsonStrings.TryGetMember(payload, member, out var value) || value.ValueKind is JsonValueKind.Null
            ? null
            : value.ValueKind is JsonValueKind.String
                ? JsonStrings.TextOf(value)
                : throw new WorkspacePayloadInvalidException($"The member {member} is no text.");
}
