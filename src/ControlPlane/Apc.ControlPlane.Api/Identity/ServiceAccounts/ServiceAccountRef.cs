using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Scalars;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;

namespace Apc.ControlPlane.Api.Identity.ServiceAccounts;

/// <summary>A service account as an operation names it.</summary>
/// <param name="Id">The account; the empty id where the caller's text is none of ours.</param>
/// <param name="Within">What it has to belong to; null in the operations that are for accounts of any kind.</param>
public readonly record struct ServiceAccountRef(Guid Id, ServiceAccountEntity? Within)
{
    /// <summary>An account of whatever kind.</summary>
    public static ServiceAccountRef Any(Uuid account) => new(IdOf(account), null);

    /// <summary>An account of the platform.</summary>
    public static ServiceAccountRef OfSystem(Uuid account) => new(IdOf(account), ServiceAccountEntity.System);

    /// <summary>An account of this workspace.</summary>
    public static ServiceAccountRef OfWorkspace(Uuid account, Uuid workspace) => new(IdOf(account), new(EntityType.Workspace, IdOf(workspace)));

    /// <summary>An account of this deployment.</summary>
    public static ServiceAccountRef OfDeployment(Uuid account, Uuid deployment) => new(IdOf(account), new(EntityType.Deployment, IdOf(deployment)));

    /// <summary>An account of this cluster.</summary>
    public static ServiceAccountRef OfCluster(Uuid account, Uuid cluster) => new(IdOf(account), new(EntityType.Cluster, IdOf(cluster)));

    /// <summary>Lets nobody touch or find out about an account that they may not.</summary>
    /// <remarks>Where the operation names the entity, its field has checked the permission there, and only the account's place is left to be checked.</remarks>
    /// <param name="account">What was found by <see cref="Id"/>.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="action">What for.</param>
    /// <exception cref="ServiceAccountNotFoundException">There is none, or it belongs to something else.</exception>
    /// <exception cref="PermissionDeniedException">There is none that the caller may do this with, and none of the platform's either.</exception>
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

        // The same for an account that is not there and for one that the caller has no business with.
        caller.RequireFor(ServiceAccountEntity.System, action);
        throw new ServiceAccountNotFoundException();
    }

    internal static Guid IdOf(Uuid id) => id.Id ?? Guid.Empty;
}
