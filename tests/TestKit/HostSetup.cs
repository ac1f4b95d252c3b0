using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Apc.TestKit;

/// <summary>What a test's host has that others have not.</summary>
public record HostSetup
{
    /// <summary>Settings by which anyone may sign up, and is let in without confirming the address.</summary>
    public static readonly string[] OpenSignUps = ["Houston:PublicSignups=true", "Houston:EmailConfirmation=false"];

    /// <summary>The host's time; null for the real one.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>Settings, such as <c>Houston:PublicSignups=true</c>; the last of a name holds.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Whether the settings name an admin; else the first user who signs up becomes System Admin. True unless set.</summary>
    public bool HasAdmin { get; init; } = true;

    /// <summary>What is logged from the level Trace on; null where no test reads it.</summary>
    public ILoggerProvider? Log { get; init; }

    /// <summary>What the audit trail writes; null where no test reads it.</summary>
    public AuditOutput? Audit { get; init; }

    /// <summary>Changes to what the host is made of, before the host adds its own.</summary>
    public Action<IServiceCollection> Configure { get; init; } = _ => { };
}
