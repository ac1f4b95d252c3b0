using Apc.ControlPlane.Api.Errors;
using Apc.ControlPlane.Api.Features.Clusters;
using Apc.ControlPlane.Api.Features.CustomRoles;
using Apc.ControlPlane.Api.Features.Deployments;
using Apc.ControlPlane.Api.Features.Invitations;
using Apc.ControlPlane.Api.Features.RoleBindings;
using Apc.ControlPlane.Api.Features.ServiceAccounts;
using Apc.ControlPlane.Api.Features.Teams;
using Apc.ControlPlane.Api.Features.Users;
using Apc.ControlPlane.Api.Features.Workspaces;
using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Hosting;

/// <summary>Which error belongs to which table and constraint of the database.</summary>
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

            // It is the caller who is gone.
            ["FK_Invitation_User_invitedById"] = () => new NotSignedInException(),
            ["CK_RoleBinding_holder"] = () => new RoleHolderAmbiguousException(),
        });
}
