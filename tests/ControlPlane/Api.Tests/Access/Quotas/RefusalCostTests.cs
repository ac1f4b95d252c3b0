using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Apc.ControlPlane.Api.Identity.SignIn.Passwords;
using Apc.ControlPlane.Api.Tests.Hosting.Limits;
using Apc.ControlPlane.Domain.Access;
using Apc.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Apc.ControlPlane.Api.Tests.Access.Quotas;

/// <summary>What floods of callers without a token cost: the time of all processors that this process uses, client and server in one.</summary>
[Collection(nameof(Alone))]
public sealed class RefusalCostTests(PostgresServer server, ITestOutputHelper output)
{
    private const string Attacker = "203.0.113.7";

    private static readonly TimeSpan Allowed = TimeSpan.FromMilliseconds(5);

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_refused_sign_up_costs_no_hash()
    {
        await using var host = await StartAsync([.. HostSetup.OpenSignUps, "Quotas:SignUpsPerAddress=1"]);
        await host.SignUpFromAsync(Attacker, "user@example.com");
        Assert.All(await RoundsAsync(host), rounds => Assert.Equal(PasswordVerifier.Iterations, rounds));

        await MeasureAsync("refused sign-up", 1_000, async i => Assert.Equal("SIGN_UP_THROTTLED", (await host.SignUpFromAsync(Attacker, $"user{i}@example.com")).Code));
    }

    [Fact]
    public async Task A_refused_sign_in_costs_no_hash()
    {
        await using var host = await StartAsync();

        for (var i = 0; i < 20; i++)
        {
            await host.SignInFromAsync(Attacker, $"user{i}", "wrong");
        }

        await MeasureAsync("refused sign-in", 1_000, async i => Assert.Equal("SIGN_IN_THROTTLED", (await host.SignInFromAsync(Attacker, $"user{i}", "wrong")).Code));
    }

    [Theory]
    [InlineData("of the right shape")]
    [InlineData("with a wrong checksum")]
    public async Task A_bad_token_costs_next_to_nothing_and_the_database_nothing(string kind)
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 1);
        Func<Task> send = async () => Assert.Equal("UNAUTHENTICATED", (await host.AskFromAsync(Attacker, "{ self { isAdmin } }", token: BadToken(kind))).Code);

        for (var i = 0; i < 400; i++)
        {
            await send();
        }

        var before = await LookUpsAsync(host);
        await MeasureAsync($"token {kind}", 2_000, _ => send());

        Assert.Equal(before, await LookUpsAsync(host));
    }

    [Fact]
    public async Task Tokens_that_were_proved_here_before_are_not_refused_for_a_neighbours_bad_ones()
    {
        await using var host = await QuotaApi.StartAsync(server, _clock, replicas: 1, "Quotas:UnknownTokensPerAddress=3");
        var admin = await host.AdminTokenAsync();

        for (var i = 0; i < 10; i++)
        {
            await host.AskFromAsync("2001:db8::1", "{ self { isAdmin } }", token: BadToken("of the right shape"));
        }

        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal("""{"data":{"self":{"isAdmin":true}}}""", (await host.AskFromAsync("2001:db8::2", "{ self { isAdmin } }", token: admin)).Body);
    }

    /// <summary>With passwords that are as dear as they are outside of tests.</summary>
    private Task<Installation> StartAsync(params string[] settings)
        => QuotaApi.StartAsync(server, _clock, replicas: 1, services => services.RemoveAll<IPostConfigureOptions<PasswordHasherOptions>>(), settings);

    // The format of ASP.NET Core, version 3: the rounds stand after the marker and the function.
    private static async Task<IEnumerable<int>> RoundsAsync(Installation host)
        => (await host.Database.QueryAsync<string>("""select "passwordHash" from houston$default."User" where "passwordHash" is not null""", TestContext.Current.CancellationToken))
            .Select(hash => BinaryPrimitives.ReadInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5)));

    private async Task MeasureAsync(string what, int times, Func<int, Task> send)
    {
        // What is compiled and loaded once is not counted.
        for (var i = 0; i < 100; i++)
        {
            await send(i);
        }

        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;

        for (var i = 0; i < times; i++)
        {
            await send(i);
        }

        process.Refresh();
        var each = (process.TotalProcessorTime - before) / times;
        output.WriteLine($"{each.TotalMicroseconds:0} µs of processor time for a {what}");
        Assert.InRange(each, TimeSpan.Zero, Allowed);
    }

    private static string BadToken(string kind)
    {
        var token = AccessToken.Compose(
            AccessTokenKind.User,
            RandomNumberGenerator.GetString(AccessToken.Alphabet, AccessToken.PublicIdLength),
            RandomNumberGenerator.GetString(AccessToken.Alphabet, AccessToken.SecretLength));
        return kind == "of the right shape" ? token : Forged.At(token, ^1);
    }

    // Of a table that holds rows, every look-up is an index scan or a sequential one.
    private static async Task<long> LookUpsAsync(Installation host)
    {
        await host.Database.ExecuteAsync("select pg_stat_force_next_flush()", TestContext.Current.CancellationToken);
        return Assert.Single(await host.Database.QueryAsync<long>(
            """select seq_scan + coalesce(idx_scan, 0) from pg_stat_user_tables where schemaname = 'houston$default' and relname = 'UserToken'""", TestContext.Current.CancellationToken));
    }
}
