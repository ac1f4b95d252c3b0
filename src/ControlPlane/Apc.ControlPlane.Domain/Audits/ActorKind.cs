namespace Apc.ControlPlane.Domain.Audits;

/// <summary>What kind of caller acted.</summary>
public enum ActorKind
{
    /// <summary>A person, signed in or signing in.</summary>
    User,

    /// <summary>A program with a key.</summary>
    ServiceAccount,

    /// <summary>The control plane itself: a job or a command.</summary>
    System,
}
