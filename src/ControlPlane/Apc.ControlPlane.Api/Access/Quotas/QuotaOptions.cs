using System.ComponentModel.DataAnnotations;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>
/// Limits for one caller, address or recipient on what costs much, fills the database or reaches other people. <see cref="QuotaTable"/>
/// says how each is counted.
/// </summary>
public sealed class QuotaOptions
{
    public const string Section = "Quotas";

    private const int Most = 1_000;

    /// <summary>Wrong passwords for one account within 5 minutes. 1 to 1000; 5 unless set.</summary>
    [Range(1, Most)]
    public int SignInFailuresPerAccount { get; init; } = 5;

    /// <summary>
    /// Wrong passwords and wrong tokens of links from one network address within 5 minutes, for any account. 1 to 1000; 20 unless set.
    /// </summary>
    [Range(1, Most)]
    public int SignInFailuresPerAddress { get; init; } = 20;

    /// <summary>
    /// How long an address from which a user signed in is remembered, so that wrong passwords sent from elsewhere do not lock the user out
    /// there. 1 hour to 365 days; 30 days unless set.
    /// </summary>
    [Range(typeof(TimeSpan), "01:00:00", "365.00:00:00")]
    public TimeSpan KnownAddressLifetime { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Public sign-ups from one network address within an hour. 1 to 1000; 20 unless set.</summary>
    [Range(1, Most)]
    public int SignUpsPerAddress { get; init; } = 20;

    /// <summary>Public sign-ups from anywhere within an hour. 1 to 1000; 300 unless set.</summary>
    [Range(1, Most)]
    public int SignUps { get; init; } = 300;

    /// <summary>Mails to one address within an hour. 1 to 1000; 10 unless set.</summary>
    [Range(1, Most)]
    public int MailsPerRecipient { get; init; } = 10;

    /// <summary>
    /// Mails that one user, or callers without a token from one network address, ask for within an hour, besides invitations. 1 to 1000; 30
    /// unless set.
    /// </summary>
    [Range(1, Most)]
    public int MailsPerSender { get; init; } = 30;

    /// <summary>Invitations by one user, and to one workspace, within an hour. 1 to 1000; 200 unless set.</summary>
    [Range(1, Most)]
    public int Invitations { get; init; } = 200;

    /// <summary>Workspaces that one user makes within an hour. 1 to 1000; 100 unless set.</summary>
    [Range(1, Most)]
    public int WorkspacesPerUser { get; init; } = 100;

    /// <summary>
    /// Service accounts and new keys that one user makes, and that are made in one workspace, within an hour. 1 to 1000; 200 unless set.
    /// </summary>
    [Range(1, Most)]
    public int ServiceAccounts { get; init; } = 200;

    /// <summary>Teams, and custom roles, that are made on the platform within an hour. 1 to 1000; 500 unless set.</summary>
    [Range(1, Most)]
    public int TeamsAndRoles { get; init; } = 500;

    /// <summary>Roles that one user gives, and clusters that one registers, within an hour. 1 to 1000; 1000 unless set.</summary>
    [Range(1, Most)]
    public int RolesAndClustersPerUser { get; init; } = 1_000;

    /// <summary>Sessions of one user at the same time; a further one ends the oldest. 1 to 1000; 100 unless set.</summary>
    [Range(1, Most)]
    public int SessionsPerUser { get; init; } = 100;

    /// <summary>
    /// Unknown tokens from one network address within a minute; further ones are refused without asking the database. 1 to 1000; 300 unless
    /// set.
    /// </summary>
    [Range(1, Most)]
    public int UnknownTokensPerAddress { get; init; } = 300;
}
