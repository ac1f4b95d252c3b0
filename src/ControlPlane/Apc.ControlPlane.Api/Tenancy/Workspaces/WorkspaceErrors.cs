using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Workspaces;

namespace Apc.ControlPlane.Api.Tenancy.Workspaces;

/// <summary>Two workspaces may not share a label. Clients match the text, and know the error as UniqueWorkspaceLabelError.</summary>
public sealed class WorkspaceLabelTakenException()
    : DomainException("WORKSPACE_LABEL_TAKEN", "There is already another workspace with this label");

/// <summary>The label cannot be stored.</summary>
public sealed class WorkspaceLabelInvalidException(string label) : DomainException(
    "WORKSPACE_LABEL_INVALID", PlainText.WhyNoLine("A workspace's label", label, WorkspaceText.MaxLabelLength));

/// <summary>The description cannot be stored.</summary>
public sealed class WorkspaceDescriptionInvalidException(string description) : DomainException(
    "WORKSPACE_DESCRIPTION_INVALID", PlainText.WhyNoLines("A workspace's description", description, WorkspaceText.MaxDescriptionLength));

/// <summary>The payload of a change has an unknown member, or one of the wrong kind.</summary>
public sealed class WorkspacePayloadInvalidException(string problem) : DomainException(
    "WORKSPACE_PAYLOAD_INVALID", $"{problem} The payload is an object with the members label and description, which are texts.");

/// <summary>A workspace with deployments is not deleted, nor one whose deleted deployments can still be restored.</summary>
/// <param name="live">Number of deployments in it.</param>
/// <param name="restorable">Number of deleted deployments whose rows are kept.</param>
public sealed class WorkspaceHasDeploymentsException(int live, int restorable) : DomainException(
    "WORKSPACE_HAS_DEPLOYMENTS",
    $"The workspace cannot be deleted: {Count(live, "deployment")} still in it, "
        + $"and {Count(restorable, "deleted deployment")} kept to be restored.")
{
    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? " is" : "s are")}";
}

/// <summary>A workspace is not deleted while a cluster is reserved for it alone, which would then be open to all workspaces.</summary>
public sealed class WorkspaceHasClustersException(IEnumerable<string> clusters) : DomainException(
    "WORKSPACE_HAS_CLUSTERS",
    $"The workspace cannot be deleted: {string.Join(", ", clusters)} would no longer be reserved and open to all workspaces. "
        + "Change workspaceIds with updateCluster first.");

/// <summary>The user or team is in the workspace already.</summary>
/// <param name="change">The field of the API that changes a role.</param>
public sealed class WorkspaceMemberExistsException(string change) : DomainException(
    "WORKSPACE_MEMBER_EXISTS", $"There is a role in this workspace already. Change it with {change}.");

/// <summary>The user or team holds no role in the workspace.</summary>
/// <param name="who"><c>User</c> or <c>Team</c>.</param>
public sealed class WorkspaceMemberNotFoundException(string who) : DomainException(
    "WORKSPACE_MEMBER_NOT_FOUND", $"{who} not found in this workspace");

/// <summary>An invitation with roles on deployments was asked for; an invitation has one role, in the workspace.</summary>
public sealed class DeploymentRolesNeedUserException() : DomainException(
    "DEPLOYMENT_ROLES_NEED_USER",
    "An invitation gives no roles on deployments. Leave deploymentRoles out, and give them once the person is in the workspace; "
        + "or add them at once with bypassInvite.");
