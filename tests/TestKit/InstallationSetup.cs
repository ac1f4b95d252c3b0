namespace Apc.TestKit;

/// <summary>What a test needs besides a host, and what that host has.</summary>
public sealed record InstallationSetup : HostSetup
{
    /// <summary>How many hosts share the database. 1 unless set; 0 puts the services of a host together and starts none.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>Who is signed in when all has started. The admin of the settings unless set.</summary>
    public People People { get; init; } = People.Admin;

    /// <summary>Whether the hosts send mails, to <see cref="Installation.Mails"/>.</summary>
    public bool SendsMails { get; init; }

    /// <summary>Settings by which the hosts know <see cref="Installation.Provider"/>; null starts none.</summary>
    public Func<OpenIdProvider, IEnumerable<string>>? Provider { get; init; }
}

/// <summary>Who is signed in when an installation has started.</summary>
public enum People
{
    /// <summary>Nobody.</summary>
    None,

    /// <summary>The admin of the settings, as <see cref="Installation.Admin"/>.</summary>
    Admin,

    /// <summary>
    /// Users stored by hand: <see cref="Installation.Admin"/> is a System Admin called <c>root</c>, <see cref="Installation.Plain"/> holds
    /// no role.
    /// </summary>
    RootAndPlain,
}
