using Apc.ControlPlane.Api.Security;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Security;

public class SignInThrottleTests
{
    private readonly FakeClock _clock = new();
    private readonly SignInThrottle _throttle;

    public SignInThrottleTests()
    {
        _throttle = new SignInThrottle(_clock);
    }

    [Fact]
    public void Refuses_the_sixth_attempt_after_five_failures_of_one_identity()
    {
        Fail("ada", times: 5);

        var refused = Assert.Throws<SignInThrottledException>(() => _throttle.Begin("ada", "10.0.0.99"));

        Assert.Equal(
            ("SIGN_IN_THROTTLED", "Too many sign-ins failed. Wait 300 seconds, then try again."), (refused.Code, refused.Message));
    }

    [Theory]
    [InlineData("ADA")]
    [InlineData("  ada ")]
    public void Knows_an_identity_whatever_its_case_and_blanks(string other)
    {
        Fail("ada", times: 5);

        Assert.Throws<SignInThrottledException>(() => _throttle.Begin(other, null));
    }

    [Fact]
    public void Lets_others_in_meanwhile()
    {
        Fail("ada", times: 5);

        _throttle.Begin("grace", "10.0.0.1");
    }

    [Fact]
    public void Lets_the_identity_try_again_when_the_oldest_failure_is_five_minutes_old()
    {
        _throttle.Begin("ada", null);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Fail("ada", times: 4);

        _clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromMilliseconds(1));
        var refused = Assert.Throws<SignInThrottledException>(() => _throttle.Begin("ada", null));
        Assert.Equal("Too many sign-ins failed. Wait 1 seconds, then try again.", refused.Message);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        _throttle.Begin("ada", null);
        Assert.Throws<SignInThrottledException>(() => _throttle.Begin("ada", null));
    }

    [Fact]
    public void A_success_wipes_the_failures_of_the_identity_out()
    {
        Fail("ada", times: 4);
        _throttle.Begin("ada", null);
        _throttle.Succeeded("Ada", null);

        Fail("ada", times: 5);
    }

    [Fact]
    public void Refuses_an_address_after_twenty_failures_whoever_they_were_for()
    {
        for (var i = 0; i < 20; i++)
        {
            _throttle.Begin($"user{i}", "10.0.0.1");
        }

        Assert.Throws<SignInThrottledException>(() => _throttle.Begin("grace", "10.0.0.1"));
        _throttle.Begin("grace", "10.0.0.2");
    }

    [Fact]
    public void Successes_do_not_count_against_the_address()
    {
        for (var i = 0; i < 100; i++)
        {
            _throttle.Begin("ada", "10.0.0.1");
            _throttle.Succeeded("ada", "10.0.0.1");
        }
    }

    [Fact]
    public void Attempts_that_are_refused_do_not_prolong_the_wait()
    {
        Fail("ada", times: 5);
        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.Throws<SignInThrottledException>(() => _throttle.Begin("ada", null));
        _clock.Advance(TimeSpan.FromMinutes(1));

        _throttle.Begin("ada", null);
    }

    private void Fail(string identity, int times)
    {
        for (var i = 0; i < times; i++)
        {
            _throttle.Begin(identity, "10.0.0.1");
        }
    }
}
