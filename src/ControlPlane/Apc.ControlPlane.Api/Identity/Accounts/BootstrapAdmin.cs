using Apc.ControlPlane.Api.Access.Callers;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>Makes the first System Admin from the configuration. Runs at every start once the database is migrated, and changes nothing where there are users.</summary>
public sealed partial class BootstrapAdmin(CreateUser registrar, IOptions<BootstrapOptions> options, ILogger<BootstrapAdmin> logger)
{
    /// <summary>Makes the admin where one is configured and no user exists.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (options.Value is not { AdminEmail: { Length: > 0 } email, AdminPassword: { Length: > 0 } password })
        {
            return;
        }

        var signup = new Signup { Email = email, Password = password };

        if (await registrar.RegisterFirstAsync(signup, Caller.ControlPlane.During("bootstrap"), cancellationToken) is { } admin)
        {
            LogMade(admin.Username);
        }
    }

    [LoggerMessage(LogLevel.Information, "Made {Username} the first System Admin, as configured.")]
    private partial void LogMade(string username);
}
