using System.Text.Json;
using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Payloads;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;
using Apc.GraphQL.CodeFirst;
using Microsoft.EntityFrameworkCore;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Changes the label and the description of workspaces.</summary>
public sealed class UpdateWorkspace(Changes changes, TimeProvider clock)
{
    /// <summary>Changes the workspace. If nothing differs, nothing is written.</summary>
    /// <exception cref="WorkspaceNotFoundException">There is none with this id.</exception>
    /// <exception cref="WorkspaceLabelTakenException">Another workspace has the label.</exception>
    public Task<Workspace> RunAsync(Guid? id, WorkspaceChange wanted, Caller caller, CancellationToken cancellationToken)
        => changes.RunAsync(caller, async change =>
        {
            var workspace = await change.Db.Workspaces.SingleOrDefaultAsync(w => w.Id == id, cancellationToken)
                ?? throw new WorkspaceNotFoundException();
            var before = Shown(workspace);
            workspace.Label = wanted.Label ?? workspace.Label;
            workspace.Description = wanted.Description.HasValue ? wanted.Description.Value : workspace.Description;

            if (change.Db.Entry(workspace).State is not EntityState.Unchanged)
            {
                workspace.UpdatedAt = clock.GetUtcNow();
                change.Audit(new AuditedChange("workspace.update", "workspace", workspace.Id, workspace.Label)
                {
                    Before = before,
                    After = Shown(workspace),
                });
            }

            return workspace;
        }, cancellationToken);

    private static object Shown(Workspace workspace) => new { workspace.Label, workspace.Description };
}

/// <summary>The changes that a caller wants of a workspace; members that were not given do not change.</summary>
public sealed record WorkspaceChange
{
    private const string LabelMember = "label";
    private const string DescriptionMember = "description";

    public string? Label { get; private init; }

    /// <summary>The new description; a value of null clears it.</summary>
    public Optional<string?> Description { get; private init; }

    /// <summary>Reads the payload that clients send.</summary>
    /// <exception cref="WorkspacePayloadInvalidException">It is no object, or has an unknown member or one of another kind.</exception>
    /// <exception cref="WorkspaceLabelInvalidException">The label cannot be stored.</exception>
    /// <exception cref="WorkspaceDescriptionInvalidException">The description cannot be stored.</exception>
    public static WorkspaceChange Of(JsonElement json)
    {
        var payload = Payload.Read(json, (LabelMember, PayloadKind.TextOrNull), (DescriptionMember, PayloadKind.TextOrNull));

        if (Problem(payload) is { } problem)
        {
            throw new WorkspacePayloadInvalidException(problem);
        }

        return new WorkspaceChange
        {
            Label = payload.Text(LabelMember) is { } label
                ? WorkspaceText.Label(label) ?? throw new WorkspaceLabelInvalidException(label)
                : null,
            Description = payload.Has(DescriptionMember) ? new(DescriptionOf(payload.Text(DescriptionMember))) : default,
        };
    }

    private static string? DescriptionOf(string? given)
        => given is null ? null : WorkspaceText.Description(given) ?? throw new WorkspaceDescriptionInvalidException(given);

    private static string? Problem(Payload payload) => payload switch
    {
        { IsObject: false } => "It is no object.",
        { Unknown: [_, ..] unknown } => $"These members cannot be changed: {Named(unknown)}.",
        { Wrong: [var member, ..] } => $"The member {member} is no text.",
        _ => null,
    };

    // Bounded, because a payload may have any number of members with names of any length.
    private static string Named(IReadOnlyList<string> members)
        => string.Join(", ", members.Take(5).Select(m => m.Length > 64 ? m[..64] + "…" : m)) + (members.Count > 5 ? " and more" : "");
}
