using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Access;

/// <summary>Who may become a user.</summary>
public sealed class SignupOptions
{
    public const string Section = "Houston";

    /// <summary>
    /// Whether anyone who reaches the API may create a user, who then holds no role. False unless set; the first user can always be
    /// created.
    /// </summary>
    public bool PublicSignups { get; init; }

    /// <summary>
    /// Whether an address counts only after it was proved to be the user's. On unless set; <c>false</c> makes the addresses of all users
    /// count as verified. With <see cref="PublicSignups"/> and without an SMTP server it has to be <c>false</c>.
    /// </summary>
    public bool? EmailConfirmation { get; init; }

    /// <summary>Whether the configuration makes the addresses of all users count as verified.</summary>
    public bool VouchesForAddresses() => EmailConfirmation is false;

    /// <summary>How long an invitation can be used. 1 minute to 365 days; 7 days unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(7);
}
