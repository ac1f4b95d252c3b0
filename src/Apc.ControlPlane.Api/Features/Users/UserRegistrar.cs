using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Data;
using Apc.ControlPlane.Data.Configurations;
using Apc.ControlPlane.Domain;
using Apc.ControlPlane.Domain.Access;
using Apc.ControlPlane.Domain.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Features.Users;

/// <summary>Makes users: the first becomes System Admin, later ones hold no role and need public sign-ups.</summary>
public sealed class UserRegistrar(
    IDbContextFactory<ControlPlaneDbContext> contexts,
    PasswordVerifier passwords,
    AuditTrail audit,
    IOptions<SignupOptions> options,
    TimeProvider clock)
{
    /// <summary>Makes the first user, or a plain one where the platform is open to everyone.</summary>
    /// <exception cref="PublicSignupsDisabledException">There are users, and the platform is not open.</exception>
    /// <exception cref="EmailTakenException">Another user has the address.</exception>
    /// <exception cref="UsernameTakenException">Another user has the name.</exception>
    /// <exception cref="PasswordRefusedException">The password breaks a rule.</exception>
    public async Task<User> RegisterAsync(Signup signup, Caller caller, CancellationToken cancellationToken)
        => await RegisterAsync(signup, caller, "createUser", options.Value.PublicSignups, cancellationToken)
            ?? throw new PublicSignupsDisabledException();

    /// <summary>Makes the first user; null, and nothing is done, where there are users.</summary>
    public Task<User?> RegisterFirstAsync(Signup signup, string operation, CancellationToken cancellationToken)
        => RegisterAsync(signup, Caller.ControlPlane, operation, openToEveryone: false, cancellationToken);

    private async Task<User?> RegisterAsync(
        Signup signup, Caller caller, string operation, bool openToEveryone, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);

        // Asked again below, under the lock: this one spares a closed platform the work of hashing for strangers.
        if (!openToEveryone && await db.Users.AnyAsync(cancellationToken))
        {
            return null;
        }

        var email = EmailAddress.Normalize(signup.Email) ?? throw new EmailInvalidException();
        var username = UsernameOf(signup, email);
        ThrowIfWeak(signup.Password, email);
        var passwordHash = passwords.Hash(signup.Password);

        await using var transaction = await db.BeginLockedAsync(AdvisoryLocks.Users, cancellationToken);
        var isFirst = !await db.Users.AnyAsync(cancellationToken);

        if (!isFirst && !openToEveryone)
        {
            return null;
        }

        await ThrowIfTakenAsync(db, username, email, cancellationToken);
        var user = Add(db, username, signup.FullName, passwordHash, email, isFirst);
        var row = audit.Add(db, caller, Registered(user, email, isFirst, operation));

        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation(EmailConfiguration.UniqueAddress))
        {
            throw new EmailTakenException();
        }

        await transaction.CommitAsync(cancellationToken);
        audit.Announce(row);
        return user;
    }

    private User Add(ControlPlaneDbContext db, string username, string? fullName, string passwordHash, string email, bool isFirst)
    {
        var now = clock.GetUtcNow();
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            Username = username,
            FullName = fullName,
            Status = UserStatus.Active,
            PasswordHash = passwordHash,
            CreatedAt = now,
            UpdatedAt = now,
        };

        db.Users.Add(user);
        db.Emails.Add(new Email
        {
            Id = Guid.CreateVersion7(now),
            Address = email,
            Primary = true,

            // Whoever sets the platform up vouches for their own address.
            Verified = isFirst,
            UserId = user.Id,
            CreatedAt = now,
            UpdatedAt = now,
        });

        if (isFirst)
        {
            db.RoleBindings.Add(new RoleBinding
            {
                Id = Guid.CreateVersion7(now),
                Role = RoleNames.SystemAdmin,
                UserId = user.Id,
                CreatedAt = now,
            });
        }

        return user;
    }

    private static AuditedChange Registered(User user, string email, bool isFirst, string operation) => new("user.create", "user")
    {
        Operation = operation,
        EntityId = user.Id,
        EntityName = user.Username,
        After = new { user.Username, user.FullName, Email = email, Role = isFirst ? RoleNames.SystemAdmin : null },
    };

    private static string UsernameOf(Signup signup, string email)
    {
        if (string.IsNullOrWhiteSpace(signup.Username))
        {
            return email;
        }

        return PlainText.Normalize(signup.Username, EmailAddress.MaxLength) ?? throw new UsernameInvalidException();
    }

    private static void ThrowIfWeak(string password, string email)
    {
        var problems = PasswordRules.Problems(password, email);

        if (problems.Count > 0)
        {
            throw new PasswordRefusedException(problems);
        }
    }

    /// <summary>A sign-in names a user by name or address, so neither may be another user's name or address.</summary>
    private static async Task ThrowIfTakenAsync(ControlPlaneDbContext db, string username, string email, CancellationToken cancellationToken)
    {
        if (await db.FindUserIdAsync(email, cancellationToken) is not null)
        {
            throw new EmailTakenException();
        }

        if (username != email && await db.FindUserIdAsync(username, cancellationToken) is not null)
        {
            throw new UsernameTakenException();
        }
    }
}
