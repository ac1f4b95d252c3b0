using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Mail;

namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Who may become a user.</summary>
public sealed class SignupOptions
{
    public const string Section = "Houston";

    /// <summary>Whether everyone who reaches the API may make a user for themselves, who then holds no role. False unless set; the first user is always free.</summary>
    public bool PublicSignups { get; init; }

    /// <summary>Whether new users, but for the first and those who were invited, have to confirm their address before they may sign in. Unless set, they have to where an SMTP server is configured.</summary>
    public bool? EmailConfirmation { get; init; }

    /// <summary>Whether <see cref="EmailConfirmation"/> is in force with this SMTP server, or none.</summary>
    public bool ConfirmsEmails(SmtpOptions smtp) => EmailConfirmation ?? smtp.HasServer();

    /// <summary>How long an invitation can be used. 1 minute to 365 days; 7 days unless set.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan InvitationLifetime { get; init; } = TimeSpan.FromDays(7);
}
