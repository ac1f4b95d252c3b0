using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;
using Apc.GraphQL.Types.Resolvers;

namespace Apc.ControlPlane.Api.Features.Workspaces;

[MutationType]
public static class WorkspaceMutations
{
    /// <summary>Makes a workspace. Whoever makes it, user or service account, becomes its WORKSPACE_ADMIN and keeps all other roles.</summary>
    /// <param name="label">What people call it: one line, 1 to 255 characters; unique, and its case counts. Blanks at its ends are removed.</param>
    /// <param name="description">What it is for: up to 4,096 characters, in one or more lines.</param>
    [RequiresPermission(Permissions.WorkspaceCreate)]
    public static async Task<WorkspaceRow?> CreateWorkspaceAsync(
        string label, string? description, Caller caller, ResolverContext context, WorkspaceMaker maker, CancellationToken cancellationToken)
    {
        var workspace = await maker.MakeAsync(label, description, caller, cancellationToken);

        // The fields below are for an admin of the workspace, which the caller has just become.
        await context.Request.ReauthenticateAsync();
        return WorkspaceRow.Of(workspace);
    }
}
