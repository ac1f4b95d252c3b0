using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A service account as a field of the API names it.</summary>
/// <param name="Id">The id of the account; empty if the caller's text is no id.</param>
/// <param name="Within">The entity that it has to belong to; null in the fields for accounts of all kinds.</param>
public readonly record struct ServiceAccountRef(Guid Id, ServiceAccountEntity? Within)
{
    public static ServiceAccountRef Any(Uuid account) => new(account.IdOrEmpty, null);

    public static ServiceAccountRef OfSystem(Uuid account) => new(account.IdOrEmpty, ServiceAccountEntity.System);

    public static ServiceAccountRef OfWorkspace(Uuid account, Uuid workspace)
        => new(account.IdOrEmpty, ServiceAccountArguments.Entity(EntityType.Workspace, workspace));

    public static ServiceAccountRef OfDeployment(Uuid account, Uuid deployment)
        => new(account.IdOrEmpty, ServiceAccountArguments.Entity(EntityType.Deployment, deployment));

    public static ServiceAccountRef OfCluster(Uuid account, Uuid cluster)
        => new(account.IdOrEmpty, ServiceAccountArguments.Entity(EntityType.Cluster, cluster));

    /// <summary>Returns the account if the caller may do this with it, and else reveals nothing about it.</summary>
    /// <remarks>With <see cref="Within"/> the field has checked the permission; then the account only has to belong to it.</remarks>
    /// <param name="account">The row with <see cref="Id"/>; null if there is none.</param>
    /// <exception cref="ServiceAccountNotFoundException">There is no such account, or it belongs to another entity.</exception>
    /// <exception cref="PermissionDeniedException">The caller may do this neither with it nor with accounts of the platform.</exception>
    public ServiceAccount Checked(ServiceAccount? account, Caller caller, ServiceAccountAction action)
    {
        if (Within is { } entity)
        {
            return account?.Entity == entity ? account : throw new ServiceAccountNotFoundException();
        }

        if (account is not null && caller.MayFor(account.Entity, action))
        {
            return account;
        }

        // The same answer for a missing account and for one that the caller may not know.
        caller.RequireFor(ServiceAccountEntity.System, action);
        throw new ServiceAccountNotFoundException();
    }
}
