using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Audits;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>
/// Decides which role bindings a caller sees: their own, those in workspaces and deployments whose members they may see, those of service
/// accounts on clusters that they may see, and all of users, teams or service accounts if they may see all users, teams or service accounts
/// of the platform.
/// </summary>
public static class RoleBindingVisibility
{
    private static readonly Kind Users = new(Permissions.UsersGet, Permissions.InWorkspace.UsersGet, Permissions.InDeployment.UsersGet);
    private static readonly Kind Teams = new(Permissions.TeamsGet, Permissions.InWorkspace.TeamsGet, Permissions.InDeployment.TeamsGet);
    private static readonly Kind ServiceAccounts = new(
        Permissions.ServiceAccountsGet,
        Permissions.InWorkspace.ServiceAccountsGet,
        Permissions.InDeployment.ServiceAccountsGet,
        Permissions.ClustersGet);

    /// <summary>Whether the caller sees the binding.</summary>
    public static bool Shows(Caller caller, RoleBindingRow binding)
        => IsOwn(caller, binding.Holder) || KindOf(binding.Holder).IsShownTo(caller.Permissions, binding);

    private static bool IsOwn(Caller caller, RoleHolder holder)
        => caller.Id is { } id && (caller.Kind == ActorKind.User ? holder.UserId == id : holder.ServiceAccountId == id);

    private static Kind KindOf(RoleHolder holder) => holder switch
    {
        { UserId: not null } => Users,
        { TeamId: not null } => Teams,
        _ => ServiceAccounts,
    };

    /// <summary>The permissions that show holders of one kind.</summary>
    private sealed class Kind(string everywhere, string inWorkspace, string inDeployment, string? onCluster = null)
    {
        private readonly Permission _everywhere = Permission.Named(everywhere);
        private readonly Permission _inWorkspace = Permission.Named(inWorkspace);
        private readonly Permission _inDeployment = Permission.Named(inDeployment);
        private readonly Permission? _onCluster = onCluster is null ? null : Permission.Named(onCluster);

        public bool IsShownTo(EffectivePermissions held, RoleBindingRow binding) => held.Holds(_everywhere) || binding switch
        {
            { WorkspaceId: { } id } => held.HoldsInWorkspace(id, _inWorkspace),
            { DeploymentId: { } id } => held.HoldsInDeployment(id, _inDeployment),
            { ClusterId: { } id } => _onCluster is not null && held.HoldsOn(id, _onCluster),
            _ => false,
        };
    }
}
