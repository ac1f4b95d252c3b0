using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.CustomRoles;
using Apc.ControlPlane.Api.Access.RoleBindings;
using Apc.ControlPlane.Api.Common.Errors;
using Apc.ControlPlane.Api.Fleet.Clusters;
using Apc.ControlPlane.Api.Identity.Teams;
using Apc.ControlPlane.Api.Identity.Users;
using Apc.ControlPlane.Api.Tenancy.Workspaces;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>The error that callers get for each missing row and violated constraint.</summary>
public static class ConstraintTable
{
    public static readonly ConstraintErrors Errors = new(
        missing: new Dictionary<string, Func<DomainException>>(StringComparer.Ordinal)
        {
            ["User"] = () => new UserNotFoundException(),
            ["Team"] = () => new TeamNotFoundException(),
            ["ServiceAccount"] = () => new ServiceAccountNotFoundException(),
            ["Workspace"] = () => new WorkspaceNotFoundException(),
            ["Deployment"] = () => new DeploymentNotFoundException(),
            ["Cluster"] = () => new ClusterNotFoundException(),
            ["CustomRole"] = () => new CustomRoleNotFoundException(),
            ["RoleBinding"] = () => new RoleBindingNotFoundException(),
            ["Invitation"] = () => new InvitationNotFoundException(),
        },
        constraints: new Dictionary<string, Func<DomainException>>(StringComparer.Ordinal)
        {
            [EmailConfiguration.UniqueAddress] = () => new EmailTakenException(),
            [UserConfiguration.UniqueUsername] = () => new UsernameTakenException(),
            [WorkspaceConfiguration.UniqueLabel] = () => new WorkspaceLabelTakenException(),
            [ClusterConfiguration.UniqueName] = () => new ClusterNameTakenException(),
            [ClusterConfiguration.UniqueMetadataUrl] = () => new ClusterMetadataUrlTakenException(),
            [ClusterConfiguration.UniqueBaseDomain] = () => new ClusterBaseDomainTakenException(),
            [TeamConfiguration.UniqueName] = () => new TeamNameTakenException(),
            [TeamConfiguration.UniqueExternalId] = () => new TeamExternalIdTakenException(),
            [CustomRoleConfiguration.UniqueName] = () => new CustomRoleNameTakenException(),

            // The missing user is the caller.
            ["FK_Invitation_User_invitedById"] = () => new NotSignedInException(),
            ["CK_RoleBinding_holder"] = () => new RoleHolderAmbiguousException(),
        });
}
