using Apc.ControlPlane.Domain;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>The first user would be made without the claim code.</summary>
/// <param name="where">Where the code is.</param>
public sealed class ClaimCodeRequiredException(string where) : DomainException(
    "CLAIM_CODE_REQUIRED", $"Nobody has claimed this control plane yet, and it can be reached from beyond its machine: its first user needs the claim code. {where}");

/// <summary>The first user would be made with a wrong claim code.</summary>
/// <param name="where">Where the right one is.</param>
public sealed class ClaimCodeInvalidException(string where) : DomainException("CLAIM_CODE_INVALID", $"The claim code is wrong. {where}");
