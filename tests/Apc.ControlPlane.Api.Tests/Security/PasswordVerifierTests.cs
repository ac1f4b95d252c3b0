using Apc.ControlPlane.Api.Security;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;

namespace Apc.ControlPlane.Api.Tests.Security;

public class PasswordVerifierTests
{
    private readonly PasswordVerifier _passwords = new(new PasswordHasher<User>());

    [Fact]
    public void Knows_the_password_that_was_hashed_and_no_other()
    {
        var hash = _passwords.Hash("correct horse battery staple");

        Assert.True(_passwords.Verify(hash, "correct horse battery staple"));
        Assert.False(_passwords.Verify(hash, "Correct horse battery staple"));
        Assert.DoesNotContain("horse", hash, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Says_no_where_there_is_no_hash_even_to_the_password_of_its_stand_in()
        => Assert.False(_passwords.Verify(null, Guid.Empty.ToString()));
}
