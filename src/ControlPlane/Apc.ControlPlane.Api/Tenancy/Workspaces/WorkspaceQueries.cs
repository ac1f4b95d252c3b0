using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Auditing;
using Apc.ControlPlane.Api.Common.Paging;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

[QueryType]
public static class WorkspaceQueries
{
    /// <summary>One workspace. An unknown id gives null and the error `Workspace not found`.</summary>
    /// <param name="workspaceUuid">The workspace's id.</param>
    [Audited("workspace.read")]
    [RequiresPermission(Permissions.InWorkspace.ConfigGet, InWorkspace = "workspaceUuid", OrEverywhere = Permissions.WorkspaceGet)]
    public static async Task<WorkspaceRow?> GetWorkspaceAsync(
        Uuid workspaceUuid, WorkspaceReader workspaces, CancellationToken cancellationToken)
        => await workspaces.GetAsync(workspaceUuid.Id, cancellationToken);

    /// <summary>
    /// The workspaces in which the caller holds a role, by themselves or through a team, oldest first; at most 100. `paginatedWorkspaces`
    /// has further pages.
    /// </summary>
    /// <param name="label">Only the workspace with this label, whatever its case.</param>
    [Audited("workspace.read")]
    [SignedIn]
    public static async Task<IReadOnlyList<WorkspaceRow>?> GetWorkspacesAsync(
        string? label, Caller caller, WorkspaceReader workspaces, CancellationToken cancellationToken)
        => await workspaces.ListAsync(
            caller.Permissions.WorkspaceIds, PageArguments.Text(label), skip: 0, WorkspaceReader.MaxTake, cancellationToken);

    /// <summary>A page of the workspaces in which the caller holds a role, by themselves or through a team, oldest first.</summary>
    /// <param name="take">Workspaces on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="pageNumber">Pages to leave out, from 0.</param>
    [Audited("workspace.read")]
    [SignedIn]
    public static async Task<IReadOnlyList<WorkspaceRow>?> GetPaginatedWorkspacesAsync(
        [GraphQLDefault("25"), MaxElements(WorkspaceReader.MaxTake)] int? take,
        int? pageNumber,
        Caller caller,
        WorkspaceReader workspaces,
        CancellationToken cancellationToken)
    {
        var size = PageArguments.Take(take);
        var page = PageArguments.PageNumber(pageNumber, cursor: null);

        // Beyond the last workspace anyway; the product would overflow an int.
        return (long)page * size > int.MaxValue
            ? []
            : await workspaces.ListAsync(caller.Permissions.WorkspaceIds, label: null, page * size, size, cancellationToken);
    }

    /// <summary>Every workspace of the platform, oldest first, a page at a time.</summary>
    /// <param name="take">Workspaces on a page, 1 to 100; -1 for as many as one page may have.</param>
    /// <param name="cursor">The page starts after the workspace with this id.</param>
    [Audited("workspace.read")]
    [RequiresPermission(Permissions.WorkspaceGet)]
    public static async Task<IReadOnlyList<WorkspaceRow>?> GetSysWorkspacesAsync(
        [GraphQLDefault("100"), MaxElements(WorkspaceReader.MaxTake)] int? take,
        Uuid? cursor,
        WorkspaceReader workspaces,
        CancellationToken cancellationToken)
        => await workspaces.ListAllAsync(PageArguments.Cursor(cursor, "workspace"), PageArguments.Take(take), cancellationToken);
}
