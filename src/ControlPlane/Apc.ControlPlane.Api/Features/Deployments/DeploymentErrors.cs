using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.Deployments;

/// <summary>There is no deployment with this id, or it was deleted.</summary>
public sealed class DeploymentNotFoundException() : DomainException("DEPLOYMENT_NOT_FOUND", "Deployment not found");
