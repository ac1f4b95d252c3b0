using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Who may hold a role of the whole platform, and who may give it to whom.</summary>
/// <remarks>Ask under <see cref="Locks.Roles"/>, so that nobody joins a team between the look at its members and the change.</remarks>
public sealed class SystemRoleRules(IOptions<SignupOptions> signups, IOptions<SystemRoleOptions> systemRoles)
{
    private readonly bool _wantsVerified = !signups.Value.VouchesForAddresses();
    private readonly IReadOnlyList<string> _domains = systemRoles.Value.AllowedSystemLevelDomains;

    /// <summary>Refuses a change of the caller's own system role, be it by a role of a team that they are in; other roles pass.</summary>
    /// <exception cref="OwnRoleException">It is the caller's own.</exception>
    public static async Task ThrowIfOwnAsync(
        ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant, Caller caller, CancellationToken cancellationToken)
    {
        if (grant.Role.Scope != RoleScope.System || caller.Id is not { } id)
        {
            return;
        }

        if (id == holder.UserId
            || id == holder.ServiceAccountId
            || (holder.TeamId is { } team && await db.TeamUsers.AnyAsync(m => m.TeamId == team && m.UserId == id, cancellationToken)))
        {
            throw new OwnRoleException();
        }
    }

    /// <summary>Refuses a system role for a user who may not have one, and for a team with such a member; other roles and service accounts pass.</summary>
    /// <inheritdoc cref="ThrowUnlessEligibleAsync(ControlPlaneDbContext, IReadOnlyCollection{Guid}, CancellationToken)" path="/exception"/>
    public async Task ThrowUnlessEligibleAsync(ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant, CancellationToken cancellationToken)
    {
        if (grant.Role.Scope != RoleScope.System || !IsRestricted)
        {
            return;
        }

        if (holder.UserId is { } user)
        {
            await ThrowUnlessEligibleAsync(db, [user], cancellationToken);
        }
        else if (holder.TeamId is { } team)
        {
            await ThrowUnlessEligibleAsync(
                db, await db.TeamUsers.Where(m => m.TeamId == team).Select(m => m.UserId).ToListAsync(cancellationToken), cancellationToken);
        }
    }

    /// <summary>Refuses where one of these users may not hold a system role.</summary>
    /// <exception cref="UserNotFoundException">One of them does not exist.</exception>
    /// <exception cref="EmailNotVerifiedException">One has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">One has no address of a domain that may hold system roles.</exception>
    public async Task ThrowUnlessEligibleAsync(ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        if (!IsRestricted)
        {
            return;
        }

        var users = await db.Users.AsNoTracking()
            .Where(u => userIds.Contains(u.Id))
            .OrderBy(u => u.CreatedAt).ThenBy(u => u.Id)
            .Select(u => new
            {
                u.Username,
                Addresses = db.Emails.Where(e => e.UserId == u.Id && (e.Verified || !_wantsVerified)).Select(e => e.Address).ToList(),
            })
            .ToListAsync(cancellationToken);

        if (users.Count < userIds.Distinct().Count())
        {
            throw new UserNotFoundException();
        }

        foreach (var user in users)
        {
            if (_wantsVerified && user.Addresses.Count == 0)
            {
                throw new EmailNotVerifiedException(user.Username);
            }

            if (!user.Addresses.Any(address => SystemLevelDomains.Allow(address, _domains)))
            {
                throw new SystemRoleDomainException(user.Username, _domains);
            }
        }
    }

    private bool IsRestricted => _wantsVerified || _domains.Count > 0;
}
