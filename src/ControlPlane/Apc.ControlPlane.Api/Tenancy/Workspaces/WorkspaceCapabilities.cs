using Apc.ControlPlane.Domain.Access;
using Apc.GraphQL.CodeFirst;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>What the caller may do in a workspace, for user interfaces to offer.</summary>
public sealed record WorkspaceCapabilities
{
    private static readonly Permission ConfigUpdate = Permission.Named(Permissions.InWorkspace.ConfigUpdate);
    private static readonly Permission ConfigDelete = Permission.Named(Permissions.InWorkspace.ConfigDelete);
    private static readonly Permission IamUpdate = Permission.Named(Permissions.InWorkspace.IamUpdate);
    private static readonly Permission DeploymentsCreate = Permission.Named(Permissions.InWorkspace.DeploymentsCreate);
    private static readonly Permission AccountsCreate = Permission.Named(Permissions.InWorkspace.ServiceAccountsCreate);
    private static readonly Permission AccountsUpdate = Permission.Named(Permissions.InWorkspace.ServiceAccountsUpdate);
    private static readonly Permission AccountsDelete = Permission.Named(Permissions.InWorkspace.ServiceAccountsDelete);

    /// <summary>Always false: there is no billing.</summary>
    public bool CanUpdateBilling => false;

    /// <summary>Whether they may give and take roles in it.</summary>
    [GraphQLName("canUpdateIAM")]
    public required bool CanUpdateIam { get; init; }

    /// <summary>Whether they may change its label and description.</summary>
    public required bool CanUpdateWorkspace { get; init; }

    /// <summary>Whether they may delete it.</summary>
    public required bool CanDeleteWorkspace { get; init; }

    /// <summary>Whether they may make deployments in it.</summary>
    public required bool CanCreateDeployment { get; init; }

    /// <summary>Whether they may invite users to it.</summary>
    public bool CanInviteUser => CanUpdateIam;

    /// <summary>Whether they may change the roles of its users.</summary>
    public bool CanUpdateUser => CanUpdateIam;

    /// <summary>Whether they may remove users from it.</summary>
    public bool CanDeleteUser => CanUpdateIam;

    /// <summary>Whether they may make service accounts of it.</summary>
    public required bool CanCreateServiceAccount { get; init; }

    /// <summary>Whether they may change its service accounts.</summary>
    public required bool CanUpdateServiceAccount { get; init; }

    /// <summary>Whether they may delete its service accounts.</summary>
    public required bool CanDeleteServiceAccount { get; init; }

    public static WorkspaceCapabilities Of(EffectivePermissions held, Guid workspaceId) => new()
    {
        CanUpdateIam = held.HoldsInWorkspace(workspaceId, IamUpdate),
        CanUpdateWorkspace = held.HoldsInWorkspace(workspaceId, ConfigUpdate) || held.Holds(Permissions.WorkspaceUpdate),
        CanDeleteWorkspace = held.HoldsInWorkspace(workspaceId, ConfigDelete) || held.Holds(Permissions.WorkspaceDelete),
        CanCreateDeployment = held.HoldsInWorkspace(workspaceId, DeploymentsCreate) || held.Holds(Permissions.DeploymentsCreate),
        CanCreateServiceAccount = held.HoldsInWorkspace(workspaceId, AccountsCreate),
        CanUpdateServiceAccount = held.HoldsInWorkspace(workspaceId, AccountsUpdate),
        CanDeleteServiceAccount = held.HoldsInWorkspace(workspaceId, AccountsDelete),
    };
}
