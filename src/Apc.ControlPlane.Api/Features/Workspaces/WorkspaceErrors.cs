using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>There is no workspace with this id.</summary>
public sealed class WorkspaceNotFoundException() : DomainException("WORKSPACE_NOT_FOUND", "Workspace not found");

/// <summary>Two workspaces may not share a label. Clients match the text, and know the error as UniqueWorkspaceLabelError.</summary>
public sealed class WorkspaceLabelTakenException()
    : DomainException("WORKSPACE_LABEL_TAKEN", "There is already another workspace with this label");

/// <summary>The label cannot be stored.</summary>
public sealed class WorkspaceLabelInvalidException() : DomainException(
    "WORKSPACE_LABEL_INVALID",
    $"A workspace's label is one line of 1 to {WorkspaceText.MaxLabelLength} characters, none of them a control character.");

/// <summary>The description cannot be stored.</summary>
public sealed class WorkspaceDescriptionInvalidException() : DomainException(
    "WORKSPACE_DESCRIPTION_INVALID",
    $"A workspace's description has at most {WorkspaceText.MaxDescriptionLength} characters, none of them a control character other than line breaks and tabs.");
