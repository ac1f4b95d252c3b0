using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Access;

/// <summary>Who may become a user.</summary>
public sealed class SignupOptions
{
    public const string Section = "Houston";

    /// <summary>Whether everyone who reaches the API may make a user for themselves, who then holds no role. False unless set; the first user is always free.</summary>
    public bool PublicSignups { get; init; }

    /// <summary>Whether an address counts only once it is known to be the user's. On unless set; <c>false</c> vouches for the addresses of all users. With <see cref="PublicSignups"/> and without an SMTP server it has to be <c>false</c>.</summary>
    public bool? EmailConfirmation { get; init; }

    /// <summary>Whether the operator said that the addresses of all users count as verified.</summary>
    public bool VouchesForAddresses() => EmailConfirmation is false;

    /// <summary>How long an invitation can be used. 1 minute to 365 days; 7 days unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(7);
}
