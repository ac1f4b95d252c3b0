using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Common.Paging;

/// <summary>An argument of a list is out of range, or does not go with another.</summary>
public sealed class InvalidPageException(string message) : DomainException("BAD_USER_INPUT", message);
