using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>Vouches, where the operator says so, for the addresses of users who are let in already. Runs at every start once the database is migrated.</summary>
/// <remarks>Who waits to confirm an address goes on waiting: that was asked of them when they signed up.</remarks>
public sealed partial class AddressVouching(
    IDbContextFactory<ControlPlaneDbContext> contexts, IOptions<SignupOptions> options, ILogger<AddressVouching> logger, TimeProvider clock)
{
    /// <summary>Marks the addresses, and warns.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (!options.Value.VouchesForAddresses())
        {
            return;
        }

        var now = clock.GetUtcNow();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var vouched = await db.Emails
            .Where(e => !e.Verified && db.Users.Any(u => u.Id == e.UserId && u.Status == UserStatus.Active))
            .ExecuteUpdateAsync(
                set => set.SetProperty(e => e.Verified, true).SetProperty(e => e.Vouched, true).SetProperty(e => e.UpdatedAt, now), cancellationToken);
        LogVouching(vouched);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Houston:EmailConfirmation is false: the addresses of all users count as theirs, though nobody showed to read them. {Count} were marked so just now.")]
    private partial void LogVouching(int count);
}
