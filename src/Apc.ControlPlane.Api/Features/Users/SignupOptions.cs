namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Who may become a user.</summary>
public sealed class SignupOptions
{
    public const string Section = "Houston";

    /// <summary>Whether everyone who reaches the API may make a user for themselves, who then holds no role. False unless set; the first user is always free.</summary>
    public bool PublicSignups { get; init; }
}
