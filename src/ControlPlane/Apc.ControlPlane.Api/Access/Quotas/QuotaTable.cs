using Apc.ControlPlane.Api.Access.Callers;

namespace Apc.ControlPlane.Api.Access.Quotas;

/// <summary>
/// All quotas. A new one is a row here and is spent at the beginning of the operation; docs/limits.md has the same table.
/// </summary>
public static class QuotaTable
{
    private const string SignInCode = "SIGN_IN_THROTTLED";
    private const string SignInText = "Too many sign-ins failed.";
    private const string SignUpCode = "SIGN_UP_THROTTLED";
    private const string SignUpText = "Too many users sign up.";
    private const string MailCode = "MAIL_THROTTLED";
    private const string MailText = "Too many mails were asked for.";
    private const string OtherCode = "QUOTA_EXCEEDED";

    // A network (IPv4 /24, IPv6 /48) is likely to belong to one party.
    private const int AddressesPerNetwork = 5;

    private const string Account = "user";
    private const string KnownAddress = "user and address from which the user signed in before";
    private const string Identity = "name that belongs to nobody";
    private const string Address = "IPv4 address or IPv6 /64";
    private const string Network = "IPv4 /24 or IPv6 /48";
    private const string Recipient = "recipient";
    private const string Caller = "user or service account";
    private const string Workspace = "workspace";
    private const string Platform = "platform";

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan FiveMinutes = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static readonly Quota SignInByAccount = new(
        "sign-in-failures-by-account", Account, o => o.SignInFailuresPerAccount, FiveMinutes, SignInCode, SignInText);

    public static readonly Quota SignInByKnownAddress = new(
        "sign-in-failures-by-known-address", KnownAddress, o => o.SignInFailuresPerAccount, FiveMinutes, SignInCode, SignInText);

    public static readonly Quota SignInByIdentity = new(
        "sign-in-failures-by-identity", Identity, o => o.SignInFailuresPerAccount, FiveMinutes, SignInCode, SignInText);

    public static readonly Quota SignInByAddress = new(
        "sign-in-failures-by-address", Address, o => o.SignInFailuresPerAddress, FiveMinutes, SignInCode, SignInText);

    public static readonly Quota SignInByNetwork = new(
        "sign-in-failures-by-network", Network, o => AddressesPerNetwork * o.SignInFailuresPerAddress, FiveMinutes, SignInCode, SignInText);

    public static readonly Quota SignUpByAddress = new(
        "sign-ups-by-address", Address, o => o.SignUpsPerAddress, Hour, SignUpCode, SignUpText);

    public static readonly Quota SignUpByNetwork = new(
        "sign-ups-by-network", Network, o => AddressesPerNetwork * o.SignUpsPerAddress, Hour, SignUpCode, SignUpText);

    public static readonly Quota SignUpByPlatform = new(
        "sign-ups-by-platform", Platform, o => o.SignUps, Hour, SignUpCode, SignUpText);

    public static readonly Quota MailByRecipient = new(
        "mails-by-recipient", Recipient, o => o.MailsPerRecipient, Hour, MailCode, MailText);

    public static readonly Quota MailByCaller = new(
        "mails-by-caller", Caller, o => o.MailsPerSender, Hour, MailCode, MailText);

    public static readonly Quota MailByAddress = new(
        "mails-by-address", Address, o => o.MailsPerSender, Hour, MailCode, MailText);

    public static readonly Quota MailByNetwork = new(
        "mails-by-network", Network, o => AddressesPerNetwork * o.MailsPerSender, Hour, MailCode, MailText);

    public static readonly Quota InvitationByWorkspace = new(
        "invitations-by-workspace", Workspace, o => o.Invitations, Hour, OtherCode, "Too many people were invited to the workspace.");

    public static readonly Quota InvitationByRecipient = new(
        "invitations-by-recipient", Recipient, o => o.MailsPerRecipient, Hour, OtherCode, "This address was invited too often.");

    public static readonly Quota ServiceAccountByWorkspace = new(
        "service-accounts-by-workspace",
        Workspace,
        o => o.ServiceAccounts,
        Hour,
        OtherCode,
        "Too many service accounts and keys were made in the workspace.");

    /// <summary>Refused like any unknown token, without a message of its own.</summary>
    public static readonly Quota UnknownTokenByAddress = new(
        "unknown-tokens-by-address",
        Address,
        o => o.UnknownTokensPerAddress,
        Minute,
        "UNAUTHENTICATED",
        PermissionDeniedException.Text,
        QuotaScope.Memory);

    /// <summary>All rows, in the order of the documentation.</summary>
    public static readonly IReadOnlyList<Quota> All =
    [
        SignInByAccount,
        SignInByKnownAddress,
        SignInByIdentity,
        SignInByAddress,
        SignInByNetwork,
        SignUpByAddress,
        SignUpByNetwork,
        SignUpByPlatform,
        MailByRecipient,
        MailByCaller,
        MailByAddress,
        MailByNetwork,
        new("invitations-by-caller", Caller, o => o.Invitations, Hour, OtherCode, "You invited too many people."),
        InvitationByWorkspace,
        InvitationByRecipient,
        new("workspaces-by-caller", Caller, o => o.WorkspacesPerUser, Hour, OtherCode, "You made too many workspaces."),
        new("service-accounts-by-caller", Caller, o => o.ServiceAccounts, Hour, OtherCode, "You made too many service accounts and keys."),
        ServiceAccountByWorkspace,
        new("teams-by-platform", Platform, o => o.TeamsAndRoles, Hour, OtherCode, "Too many teams were made."),
        new("custom-roles-by-platform", Platform, o => o.TeamsAndRoles, Hour, OtherCode, "Too many custom roles were made."),
        new("reset-links-by-caller", Caller, o => o.MailsPerSender, Hour, OtherCode, "You made too many links."),
        new("own-changes-by-caller", Caller, o => o.MailsPerSender, Hour, OtherCode, "You changed yourself too often."),
        new("roles-by-caller", Caller, o => o.RolesAndClustersPerUser, Hour, OtherCode, "You gave too many roles.", QuotaScope.Memory),
        new(
            "clusters-by-caller",
            Caller,
            o => o.RolesAndClustersPerUser,
            Hour,
            OtherCode,
            "You registered too many clusters.",
            QuotaScope.Memory),
        UnknownTokenByAddress,
    ];
}
