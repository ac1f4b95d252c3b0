using System.ComponentModel.DataAnnotations;
using Apc.ControlPlane.Api.Access.Callers;
using Apc.ControlPlane.Api.Common.Settings;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Access.RoleBindings;

/// <summary>Rules for holding and giving system roles.</summary>
/// <remarks>Called under <see cref="Locks.Roles"/>, so that no user joins a team between the check of its members and the change.</remarks>
public sealed class SystemRoleRules(IOptions<SignupOptions> signups, IOptions<SystemRoleOptions> systemRoles)
{
    private readonly bool _wantsVerified = !signups.Value.VouchesForAddresses();
    private readonly IReadOnlyList<string> _domains = systemRoles.Value.AllowedSystemLevelDomains;

    /// <summary>Refuses a change of the caller's own system role, also by a role of a team that they are in; other roles pass.</summary>
    /// <exception cref="OwnRoleException">It is the caller's own system role.</exception>
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

    /// <summary>Refuses a system role for a user who may not hold one, and for a team with such a member; all else passes.</summary>
    /// <inheritdoc cref="ThrowUnlessEligibleAsync(ControlPlaneDbContext, IReadOnlyCollection{Guid}, CancellationToken)" path="/exception"/>
    public async Task ThrowUnlessEligibleAsync(
        ControlPlaneDbContext db, RoleHolder holder, RoleGrant grant, CancellationToken cancellationToken)
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
            var members = await db.TeamUsers.Where(m => m.TeamId == team).Select(m => m.UserId).ToListAsync(cancellationToken);
            await ThrowUnlessEligibleAsync(db, members, cancellationToken);
        }
    }

    /// <summary>Refuses if one of these users may not hold a system role.</summary>
    /// <exception cref="UserNotFoundException">One of them does not exist.</exception>
    /// <exception cref="EmailNotVerifiedException">One has no verified address.</exception>
    /// <exception cref="SystemRoleDomainException">One has no address of an allowed domain.</exception>
    public async Task ThrowUnlessEligibleAsync(
        ControlPlaneDbContext db, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
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

/// <summary>Settings of who may hold a system role.</summary>
public sealed class SystemRoleOptions : IValidatableObject
{
    public const string Section = "Houston";

    /// <summary>
    /// Domains such as <c>example.com</c>, without their subdomains: only users with an address in one of these are given system roles.
    /// Empty unless set, which allows all users.
    /// </summary>
    public IReadOnlyList<string> AllowedSystemLevelDomains { get; init; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
        => AllowedSystemLevelDomains.Where(domain => !SettingText.IsDomain(domain)).Select(domain => new ValidationResult(
            $"{Section}:{nameof(AllowedSystemLevelDomains)}: '{SettingText.Shown(domain)}' is no domain; "
            + "allowed is a name such as example.com."));
}
