using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Features.ServiceAccounts;

/// <summary>There is no service account with this id.</summary>
public sealed class ServiceAccountNotFoundException() : DomainException("SERVICE_ACCOUNT_NOT_FOUND", "Service account not found");

/// <summary>A label or category that cannot be stored.</summary>
/// <param name="argument">Which of them.</param>
public sealed class ServiceAccountTextInvalidException(string argument) : DomainException(
    "SERVICE_ACCOUNT_TEXT_INVALID",
    $"{argument} is one line of at most {ServiceAccountIssuer.MaxTextLength} characters, none of them a control character.");
