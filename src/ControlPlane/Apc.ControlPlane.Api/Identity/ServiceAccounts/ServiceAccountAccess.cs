using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>An operation on a service account.</summary>
public enum ServiceAccountAction
{
    Get,
    Create,
    Update,
    Delete,
}

/// <summary>Checks the permissions for operations on the service accounts of an entity.</summary>
/// <remarks>For accounts of a cluster the permissions to see and to change the cluster count; there are no others.</remarks>
internal static class ServiceAccountAccess
{
    /// <summary>Refuses a caller without the permission on the entity or everywhere; without an id only everywhere counts.</summary>
    /// <exception cref="NotSignedInException">The request has no valid token.</exception>
    /// <exception cref="PermissionDeniedException">The permission is missing.</exception>
    public static void RequireFor(this Caller caller, ServiceAccountEntity entity, ServiceAccountAction action)
    {
        caller.RequireSignedIn();

        if (!caller.MayFor(entity, action))
        {
            throw new PermissionDeniedException();
        }
    }

    /// <summary>Whether the caller holds the permission on the entity or everywhere.</summary>
    public static bool MayFor(this Caller caller, ServiceAccountEntity entity, ServiceAccountAction action)
    {
        var required = Permission.Named(NameOf(entity.Type, action));
        return entity switch
        {
            { WorkspaceId: { } id } => caller.Permissions.HoldsInWorkspace(id, required),
            { DeploymentId: { } id } => caller.Permissions.HoldsInDeployment(id, required),
            { ClusterId: { } id } => caller.Permissions.HoldsOn(id, required),
            _ => caller.Permissions.Holds(required),
        };
    }

    private static string NameOf(EntityType type, ServiceAccountAction action) => (type, action) switch
    {
        (EntityType.System, ServiceAccountAction.Get) => Permissions.ServiceAccountsGet,
        (EntityType.System, ServiceAccountAction.Create) => Permissions.ServiceAccountsCreate,
        (EntityType.System, ServiceAccountAction.Update) => Permissions.ServiceAccountsUpdate,
        (EntityType.System, _) => Permissions.ServiceAccountsDelete,

        (EntityType.Workspace, ServiceAccountAction.Get) => Permissions.InWorkspace.ServiceAccountsGet,
        (EntityType.Workspace, ServiceAccountAction.Create) => Permissions.InWorkspace.ServiceAccountsCreate,
        (EntityType.Workspace, ServiceAccountAction.Update) => Permissions.InWorkspace.ServiceAccountsUpdate,
        (EntityType.Workspace, _) => Permissions.InWorkspace.ServiceAccountsDelete,

        (EntityType.Deployment, ServiceAccountAction.Get) => Permissions.InDeployment.ServiceAccountsGet,
        (EntityType.Deployment, ServiceAccountAction.Create) => Permissions.InDeployment.ServiceAccountsCreate,
        (EntityType.Deployment, ServiceAccountAction.Update) => Permissions.InDeployment.ServiceAccountsUpdate,
        (EntityType.Deployment, _) => Permissions.InDeployment.ServiceAccountsDelete,

        (_, ServiceAccountAction.Get) => Permissions.ClustersGet,
        _ => Permissions.ClustersUpdate,
    };
}
