namespace Apc.ControlPlane.Domain.Users;

/// <summary>Whether a person may sign in.</summary>
public enum UserStatus
{
    /// <summary>Waits for the confirmation of an address.</summary>
    Pending,

    /// <summary>May sign in.</summary>
    Active,
}
