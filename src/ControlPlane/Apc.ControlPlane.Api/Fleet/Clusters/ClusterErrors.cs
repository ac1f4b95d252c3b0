using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Clusters;

namespace Apc.ControlPlane.Api.Fleet.Clusters;

/// <summary>A cluster that is not active cannot be configured. Clients match the text.</summary>
public sealed class ClusterNotActiveException()
    : DomainException("CLUSTER_NOT_ACTIVE", "This operation is not allowed as the cluster is not active.");

/// <summary>Two clusters may not share a base domain. Clients match the text.</summary>
public sealed class ClusterBaseDomainTakenException()
    : DomainException("CLUSTER_BASE_DOMAIN_TAKEN", "A cluster with this base domain already exists");

/// <summary>Two clusters may not share a name.</summary>
public sealed class ClusterNameTakenException() : DomainException("CLUSTER_NAME_TAKEN", "A cluster with this name already exists");

/// <summary>Two clusters may not share an address.</summary>
public sealed class ClusterMetadataUrlTakenException()
    : DomainException("CLUSTER_METADATA_URL_TAKEN", "A cluster with this metadata URL already exists");

/// <summary>The address of a data plane cannot be used.</summary>
public sealed class InvalidMetadataUrlException(string message) : DomainException("INVALID_METADATA_URL", message);

/// <summary>The data plane gave no usable answer, so it was not registered. The code says which step failed.</summary>
public sealed class ClusterUnreachableException(ProbeOutcome outcome)
    : DomainException(
        outcome.Code.Text().Name,
        $"The cluster was not registered. {outcome.What ?? outcome.Code.Text().What} {outcome.Code.Text().Next}");

/// <summary>A cluster cannot be reserved for a workspace that is not there.</summary>
public sealed class ClusterWorkspaceNotFoundException(string id)
    : DomainException("CLUSTER_WORKSPACE_NOT_FOUND", $"There is no workspace with the id '{id}' to reserve the cluster for.");

/// <summary>A cluster with deployments on it is not deregistered.</summary>
public sealed class ClusterHasDeploymentsException(int deployments)
    : DomainException(
        "CLUSTER_HAS_DEPLOYMENTS",
        $"The cluster cannot be deregistered: {deployments} deployment{(deployments == 1 ? " is" : "s are")} still on it.");
