using Apc.ControlPlane.Domain;
using Apc.GraphQL.Errors;

namespace Apc.ControlPlane.Api.Common.Errors;

/// <summary>The connection was lost while a change was being stored: whether it was stored is unknown.</summary>
public sealed class ChangeUnsureException() : DomainException(
    DatabaseOutage.Code,
    "The database was lost while the change was being stored. It may or may not have been made: look before you try again.");

/// <summary>The request timed out while a change was being stored: whether it was stored is unknown.</summary>
public sealed class ChangeCutOffException() : DomainException(
    ErrorCodes.Timeout,
    "The request took too long while the change was being stored. It may or may not have been made: look before you try again.");
