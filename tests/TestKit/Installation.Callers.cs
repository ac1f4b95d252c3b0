using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Access.Tokens;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Domain.Users;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.TestKit;

/// <summary>What tests of services use, which need no HTTP.</summary>
public partial class Installation
{
    /// <summary>What services that were built logged.</summary>
    public FakeLoggerProvider Log => (FakeLoggerProvider)_setup.Log!;

    /// <summary>What the audit trail of services that were built wrote.</summary>
    public AuditOutput Audit => _setup.Audit!;

    /// <summary>The services of a host without an admin over a database that stays; their log and audit trail can be read.</summary>
    public static Task<Installation> BuildAsync(PostgresDatabase database, TimeProvider clock, params string[] settings)
        => BuildAsync(database, clock, _ => { }, settings);

    /// <summary>The same with changes to what the host is made of.</summary>
    public static Task<Installation> BuildAsync(
        PostgresDatabase database, TimeProvider clock, Action<IServiceCollection> configure, params string[] settings)
        => StartAsync(database, new InstallationSetup
        {
            Replicas = 0,
            HasAdmin = false,
            Clock = clock,
            Log = new FakeLoggerProvider(),
            Audit = new AuditOutput(),
            Configure = configure,
            Settings = settings,
        });

    /// <summary>A new user, as signing up makes them.</summary>
    public async Task<User> RegisterAsync(string email, string password = Password)
    {
        var signup = new Signup { Email = email, Password = password };
        return (await Get<CreateUser>().SignUpAsync(signup, Caller.Anonymous, Cancellation)).User;
    }

    /// <summary>The caller that this user is after signing in.</summary>
    public async Task<Caller> CallerAsync(User user) => await VerifyAsync(await BeginSessionAsync(user));

    /// <summary>The caller who shows this token.</summary>
    public ValueTask<Caller> VerifyAsync(string token) => Get<TokenVerifier>().VerifyAsync(token, Cancellation);
}
