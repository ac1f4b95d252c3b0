using Apc.ControlPlane.Api.Access;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Identity.Accounts;

/// <summary>
/// Marks the addresses of all active users as verified if the operator vouches for them. Runs at every start after the migration of the
/// database.
/// </summary>
/// <remarks>Pending users still have to confirm their address, as they were asked to when they signed up.</remarks>
public sealed partial class AddressVouching(
    IDbContextFactory<ControlPlaneDbContext> contexts, IOptions<SignupOptions> options, ILogger<AddressVouching> logger, TimeProvider clock)
{
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
                set => set.SetProperty(e => e.Verified, true).SetProperty(e => e.Vouched, true).SetProperty(e => e.UpdatedAt, now),
                cancellationToken);
        LogVouching(vouched);
    }

    [LoggerMessage(
        LogLevel.Warning,
        "Houston:EmailConfirmation is false: the addresses of all users count as theirs, though nobody showed to read them. "
            + "{Count} were marked so just now.")]
    private partial void LogVouching(int count);
}
