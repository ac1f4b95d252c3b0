using Apc.ControlPlane.Api.Security;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Features.Workspaces;

/// <summary>The fields of a workspace that need a permission or further reads.</summary>
[ObjectType<WorkspaceRow>]
public static class WorkspaceType
{
    /// <summary>What the caller may do in the workspace.</summary>
    public static WorkspaceCapabilities GetWorkspaceCapabilities([Parent] WorkspaceRow workspace, Caller caller)
        => WorkspaceCapabilities.Of(caller.Permissions, workspace.Id);
}
