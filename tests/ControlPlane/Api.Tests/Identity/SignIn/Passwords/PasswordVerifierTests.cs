using System.Buffers.Binary;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Tests.Hosting.Limits;
using Apc.ControlPlane.Domain.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Identity.SignIn.Passwords;

public class PasswordVerifierTests
{
    private readonly PasswordVerifier _passwords = Verifier(PasswordVerifier.Iterations);

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

    [Fact]
    public void Hashes_take_210_000_rounds()
    {
        var header = Convert.FromBase64String(_passwords.Hash("correct horse battery staple"));

        Assert.Equal((1, 2, 210_000), (header[0], BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(1)), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(5))));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000)]
    public void A_hash_of_fewer_rounds_is_known_and_said_to_be_outdated(int rounds)
    {
        var hash = Verifier(rounds).Hash("correct horse battery staple");

        Assert.Equal(PasswordCheck.RightButOutdated, _passwords.Check(hash, "correct horse battery staple"));
        Assert.Equal(PasswordCheck.Wrong, _passwords.Check(hash, "Correct horse battery staple"));
        Assert.Equal(PasswordCheck.Right, _passwords.Check(_passwords.Hash("x"), "x"));
    }

    // Attack: an old account is told from no account, because its hash is checked faster.
    [Fact]
    public void A_wrong_password_costs_the_same_without_a_hash_and_with_an_old_one()
    {
        var hashes = new[] { null, _passwords.Hash("x"), Verifier(100_000).Hash("x"), Verifier(1_000).Hash("x"), Version2() };

        // The least of several, in turns: whatever else the machine does only adds to a time. Unmended, the third takes less than half, the last two nothing.
        var rounds = Enumerable.Range(0, 8).Select(_ => hashes.Select(CostOfRefusal).ToArray()).ToArray();
        var times = hashes.Select((_, i) => rounds.Min(round => round[i])).ToArray();

        Assert.All(times, time => Assert.InRange(time / times[0], 0.7, 1.4));
    }

    private double CostOfRefusal(string? hash)
    {
        var start = ThreadTime.Used;
        Assert.Equal(PasswordCheck.Wrong, _passwords.Check(hash, "wrong"));
        return (ThreadTime.Used - start).TotalMilliseconds;
    }

    private static PasswordVerifier Verifier(int rounds)
    {
        var options = Options.Create(new PasswordHasherOptions { IterationCount = rounds });
        return new PasswordVerifier(new PasswordHasher<User>(options), options);
    }

    private static string Version2() => new PasswordHasher<User>(
            Options.Create(new PasswordHasherOptions { CompatibilityMode = PasswordHasherCompatibilityMode.IdentityV2 }))
        .HashPassword(null!, "x");
}
