namespace Apc.ControlPlane.Domain;

/// <summary>No cluster has the id that was asked for.</summary>
public sealed class ClusterNotFoundException() : DomainException("NOT_FOUND", "Cluster not found");

/// <summary>There is no deployment with this id, or it was deleted.</summary>
public sealed class DeploymentNotFoundException() : DomainException("DEPLOYMENT_NOT_FOUND", "Deployment not found");

/// <summary>There is no workspace with this id.</summary>
public sealed class WorkspaceNotFoundException() : DomainException("WORKSPACE_NOT_FOUND", "Workspace not found");

/// <summary>There is no user with this id.</summary>
public sealed class UserNotFoundException() : DomainException("USER_NOT_FOUND", "User not found");

/// <summary>There is no team with this id, or none with this name of this provider.</summary>
public sealed class TeamNotFoundException() : DomainException("TEAM_NOT_FOUND", "Team not found");

/// <summary>There is no group with this id.</summary>
public sealed class GroupNotFoundException() : DomainException("GROUP_NOT_FOUND", "Group not found");

/// <summary>There is no service account with this id, or not of this entity.</summary>
public sealed class ServiceAccountNotFoundException() : DomainException("SERVICE_ACCOUNT_NOT_FOUND", "Service account not found");

/// <summary>There is no invitation with this id, or not in this workspace.</summary>
public sealed class InvitationNotFoundException() : DomainException("INVITATION_NOT_FOUND", "Invitation not found");

/// <summary>The holder does not have the role that was to be taken away.</summary>
public sealed class RoleBindingNotFoundException() : DomainException("ROLE_BINDING_NOT_FOUND", "Role binding not found");

/// <summary>There is no custom role with this id.</summary>
public sealed class CustomRoleNotFoundException() : DomainException("CUSTOM_ROLE_NOT_FOUND", "Custom role not found");

/// <summary>No scheduled run has the id that was asked for.</summary>
public sealed class SyncRunNotFoundException() : DomainException("SYNC_RUN_NOT_FOUND", "Sync run not found");

/// <summary>The page starts after an entity that does not exist, or that the caller may not see.</summary>
/// <param name="entity">The kind of entity that is listed, in words: <c>service account</c>.</param>
/// <param name="cursor">The id that was given.</param>
public sealed class CursorNotFoundException(string entity, string cursor)
    : DomainException("CURSOR_NOT_FOUND", $"There is no {entity} with the id '{cursor}' to start after. Start again without a cursor.");
