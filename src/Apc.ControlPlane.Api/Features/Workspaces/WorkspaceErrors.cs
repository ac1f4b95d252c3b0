using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>There is no workspace with this id.</summary>
public sealed class WorkspaceNotFoundException() : DomainException("WORKSPACE_NOT_FOUND", "Workspace not found");
