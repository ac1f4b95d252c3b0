using System.Net;
using Apc.TestKit;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>People who guess passwords, and people whose own account they guess at.</summary>
public sealed class SignInAttackTests(PostgresServer server) : IAsyncLifetime
{
    private const string Admin = "admin@example.com";
    private const string Password = "Correct-horse-1";
    private const string Home = "198.51.100.10";

    private readonly FakeClock _clock = new();
    private Installation _host = null!;

    public async ValueTask InitializeAsync()
        => _host = await QuotaApi.StartAsync(server, _clock, replicas: 2, HostSetup.OpenSignUps);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Guessing_over_several_replicas_and_addresses_has_five_tries()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"203.0.{i}.7", Admin, "wrong", replica: i % 2)).Code);
        }

        foreach (var replica in new[] { 0, 1 })
        {
            var refused = await _host.SignInFromAsync("203.0.100.7", Admin, Password, replica);
            Assert.Equal(
                (HttpStatusCode.OK, "SIGN_IN_THROTTLED", "300"), (refused.Status, refused.Code, refused.RetryAfter));
            Assert.Contains("Too many sign-ins failed. Wait 300 seconds, then try again.", refused.Body, StringComparison.Ordinal);
        }

        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await _host.SignInFromAsync("203.0.100.7", Admin, Password)).Code);
    }

    [Fact]
    public async Task User_name_and_address_of_one_account_in_whatever_spelling_share_the_tries()
    {
        await _host.SignUpFromAsync(Home, "kelvin@example.com", username: "countess");
        string[] spellings = ["countess", "kelvin@example.com", " COUNTESS ", "KELVIN@EXAMPLE.COM", "Countess"];

        for (var i = 0; i < spellings.Length; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"203.0.{i}.7", spellings[i], "wrong")).Code);
        }

        foreach (var spelling in spellings)
        {
            Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.100.7", spelling, Password)).Code);
        }
    }

    [Fact]
    public async Task Names_that_belong_to_nobody_are_refused_like_those_that_do()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"203.0.{i}.7", i % 2 == 0 ? "nobody@example.com" : "NOBODY@example.com", "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.100.7", "Nobody@example.com", "wrong", replica: 1)).Code);
    }

    [Fact]
    public async Task Wrong_passwords_from_elsewhere_do_not_lock_the_owner_out_who_signed_in_from_there_before()
    {
        Assert.Null((await _host.SignInFromAsync(Home, Admin, Password)).Code);

        for (var i = 0; i < 20; i++)
        {
            await _host.SignInFromAsync($"203.0.{i}.7", Admin, "wrong", replica: i % 2);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.100.7", Admin, Password)).Code);
        Assert.Null((await _host.SignInFromAsync(Home, Admin, Password, replica: 1)).Code);
        Assert.Null((await _host.SignInFromAsync($"::ffff:{Home}", Admin, Password)).Code);
    }

    [Fact]
    public async Task An_address_from_which_the_owner_signed_in_is_known_for_thirty_days_and_has_five_tries_of_its_own()
    {
        await _host.SignInFromAsync("2001:db8:1:2::3", Admin, Password);
        _clock.Advance(TimeSpan.FromDays(29));

        for (var i = 0; i < 5; i++)
        {
            await _host.SignInFromAsync($"203.0.{i}.7", Admin, "wrong");
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"2001:db8:1:2::{i}", Admin, "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("2001:db8:1:2::9", Admin, Password)).Code);
        _clock.Advance(TimeSpan.FromDays(1));

        for (var i = 0; i < 5; i++)
        {
            await _host.SignInFromAsync($"203.0.{i}.7", Admin, "wrong");
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("2001:db8:1:2::9", Admin, Password)).Code);
    }

    [Fact]
    public async Task One_address_has_twenty_tries_for_all_accounts_in_whatever_spelling_and_its_network_a_hundred()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync(i % 2 == 0 ? "203.0.113.7" : "::ffff:203.0.113.7", $"user{i}", "wrong", replica: i % 2)).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.113.7", "grace", "wrong")).Code);

        for (var i = 0; i < 80; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"203.0.113.{10 + (i / 16)}", $"user{i}", "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.113.99", "user99", "wrong")).Code);
        Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync("203.0.114.99", "user99", "wrong")).Code);
    }

    [Fact]
    public async Task Addresses_of_one_64_are_one_address()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync($"2001:db8:0:7:{i:x}::{i * 7:x}", $"user{i}", "wrong")).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("2001:db8:0:7:ffff::1", "grace", "wrong")).Code);
        Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync("2001:db8:0:8::1", "grace", "wrong")).Code);
    }

    [Fact]
    public async Task Guesses_at_the_same_moment_do_not_slip_through()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _host.SignInFromAsync($"203.0.{i}.7", Admin, "wrong", replica: i % 2)));

        Assert.Equal(5, answers.Count(a => a.Code == "INVALID_CREDENTIALS"));
        Assert.Equal(35, answers.Count(a => a.Code == "SIGN_IN_THROTTLED"));
    }

    [Fact]
    public async Task The_guessers_own_success_gives_neither_the_account_nor_the_address_new_tries()
    {
        await _host.SignUpFromAsync("203.0.113.7", "eve@example.com");

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("INVALID_CREDENTIALS", (await _host.SignInFromAsync("203.0.113.7", $"user{i}", "wrong")).Code);

            if (i < 19)
            {
                Assert.Null((await _host.SignInFromAsync("203.0.113.7", "eve@example.com", Password)).Code);
            }
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await _host.SignInFromAsync("203.0.113.7", "eve@example.com", Password)).Code);
    }

    [Fact]
    public async Task Beyond_a_hundred_sessions_the_oldest_ends()
    {
        var first = await _host.AdminTokenAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 99; i++)
        {
            await _host.AdminTokenAsync();
        }

        Assert.Null((await _host.AskFromAsync(Home, "{ self { isAdmin } }", token: first)).Code);
        var last = await _host.AdminTokenAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("UNAUTHENTICATED", (await _host.AskFromAsync(Home, "{ self { isAdmin } }", token: first)).Code);
        Assert.Null((await _host.AskFromAsync(Home, "{ self { isAdmin } }", token: last)).Code);
        Assert.Equal([100L], await _host.Database.QueryAsync<long>("""select count(*) from houston$default."UserToken" """, TestContext.Current.CancellationToken));
    }
}
