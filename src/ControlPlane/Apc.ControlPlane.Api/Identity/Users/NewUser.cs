using Apc.ControlPlane.Domain.Users;

namespace Apc.ControlPlane.Api.Identity.Users;

internal static class NewUser
{
    /// <summary>A new active user with an unverified primary address; neither is added to any context.</summary>
    public static (User User, Email Email) Of(string username, string address, DateTimeOffset now)
    {
        var user = new User
        {
            Id = Guid.CreateVersion7(now),
            Username = username,
            Status = UserStatus.Active,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var email = new Email
        {
            Id = Guid.CreateVersion7(now),
            Address = address,
            Primary = true,
            UserId = user.Id,
            CreatedAt = now,
            UpdatedAt = now,
        };
        return (user, email);
    }
}
