namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>The data of a new user. Not a record: a record would print the password.</summary>
public sealed class Signup
{
    /// <summary>The address; also the user name if none is given.</summary>
    public required string Email { get; init; }

    /// <summary>The password, as typed.</summary>
    public required string Password { get; init; }

    /// <summary>The name to sign in with; null or empty for the address.</summary>
    public string? Username { get; init; }

    /// <summary>The name to show; null for none.</summary>
    public string? FullName { get; init; }

    /// <summary>The claim code of a control plane without users; null or empty for none.</summary>
    public string? ClaimCode { get; init; }

    /// <summary>The token of an invitation; null or empty for none.</summary>
    public string? InviteToken { get; init; }
}
