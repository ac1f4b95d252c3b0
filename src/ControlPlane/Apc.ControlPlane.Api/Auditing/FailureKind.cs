namespace Apc.ControlPlane.Api.Auditing;

/// <summary>Failures that share a row: who failed at what, in which way.</summary>
/// <param name="Who">The actor's id, or the address block of a stranger; null for anybody.</param>
/// <param name="Action">What they tried, as <c>entity.verb</c>.</param>
/// <param name="Code">The code of what they were told.</param>
/// <param name="Entity">What they tried it on; null for anything.</param>
public readonly record struct FailureKind(string? Who, string Action, string? Code, string? Entity = null);

/// <summary>Failures that do not take each other's room.</summary>
public enum FailureLane
{
    /// <summary>Refused and failed changes of what gives rights.</summary>
    Grants,

    /// <summary>Refused and failed changes of everything else.</summary>
    Changes,

    /// <summary>Refused reads of signed-in callers.</summary>
    Reads,

    /// <summary>Whatever callers without a valid token were refused.</summary>
    Strangers,
}
