using System.Runtime.Versioning;
using Apc.ControlPlane.Api.Identity.Accounts;
using Apc.ControlPlane.Api.Tests.Access;
using Apc.ControlPlane.Api.Tests.Fleet.Clusters;
using Apc.ControlPlane.Api.Tests.Identity.SignIn.OAuth;
using Apc.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Identity.Accounts;

/// <summary>Who becomes the first System Admin of a host that strangers reach. Told that it stands behind a proxy, a host on loopback is one.</summary>
[SupportedOSPlatform("linux")]
public sealed class FirstUserClaimTests(PostgresServer server) : IAsyncLifetime
{
    private FakeClock _clock = new();
    private readonly PostgresDatabase _database = new(server);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("claim");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    // Attack: a stranger reaches a control plane before its owner.
    [Fact]
    public async Task A_stranger_who_comes_first_does_not_become_System_Admin()
    {
        await using var replica = await StartAsync("one");

        var without = await ClaimAsync(replica, code: null);
        var wrong = await ClaimAsync(replica, new string('a', 43));
        var strange = await ClaimAsync(replica, "\u0000%' or 1=1");

        AnswerAssert.Refuses(
            "createUser",
            $"Nobody has claimed this control plane yet, and it can be reached from beyond its machine: its first user needs the claim code. It is in the line \"Claim code\" that the host printed when it started, and in the file {replica.File}.",
            "CLAIM_CODE_REQUIRED",
            without);
        AnswerAssert.Refuses(
            "createUser",
            $"The claim code is wrong. It is in the line \"Claim code\" that the host printed when it started, and in the file {replica.File}.",
            "CLAIM_CODE_INVALID",
            wrong);
        Assert.Equal("CLAIM_CODE_INVALID", strange.Code);
        Assert.Empty(await _database.QueryAsync<string>("""select username from houston$default."User" """, Cancelled));
    }

    [Fact]
    public async Task The_code_is_printed_once_kept_in_a_file_for_its_owner_alone_and_gone_with_the_claim()
    {
        await using var replica = await StartAsync("one");
        var code = replica.Code;

        Assert.Equal(
            $"Claim code, good for one use: {code} (the first user shows it: createUser(claimCode: …) or /account#claim={code}; also in {replica.File})\n", replica.Output.ToString());
        Assert.Equal($"{code}\n", await File.ReadAllTextAsync(replica.File, Cancelled));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(replica.File));

        AnswerAssert.Is(
            """{"data":{"createUser":{"user":{"username":"ada@example.com","roleBindings":[{"role":"SYSTEM_ADMIN"}]}}}}""", await ClaimAsync(replica, $" {code}\n"));

        Assert.False(File.Exists(replica.File));
        Assert.Empty(await _database.QueryAsync<byte[]>("""select hash from houston$default."ClaimCode" """, Cancelled));
        Assert.Equal("PUBLIC_SIGNUPS_DISABLED", (await ClaimAsync(replica, code, "eve@example.com")).Code);
    }

    [Fact]
    public async Task A_file_that_holds_something_else_is_left_alone()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "one"), "somebody's notes", Cancelled);
        await using var replica = await StartAsync("one");

        Assert.Contains("It is in the line \"Claim code\" that a host over this database printed when it started, last at 2026-01-01 12:00:00 UTC.", (await ClaimAsync(replica, null)).Body.Replace("\\u0022", "\"", StringComparison.Ordinal).Replace("\\\"", "\"", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Null((await ClaimAsync(replica, replica.Code)).Code);
        Assert.Equal("somebody's notes", await File.ReadAllTextAsync(replica.File, Cancelled));
    }

    [Fact]
    public async Task Of_many_with_the_code_at_once_one_becomes_System_Admin()
    {
        await using var replica = await StartAsync("one");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => ClaimAsync(replica, replica.Code, $"person{i}@example.com")));

        Assert.Single(answers, a => a.Code is null);
        Assert.Equal([1L], await _database.QueryAsync<long>("""select count(*) from houston$default."RoleBinding" where role = 'SYSTEM_ADMIN'""", Cancelled));
    }

    [Theory]
    [InlineData("")]
    [InlineData(";Password=of-the-database")]
    public async Task A_start_before_the_claim_prints_the_same_code(string password)
    {
        string code;

        await using (var first = await StartAsync("one", password))
        {
            code = first.Code;
        }

        await using var second = await StartAsync("one", password);

        Assert.Equal(code, second.Code);
        Assert.Null((await ClaimAsync(second, code)).Code);
    }

    [Fact]
    public async Task Replicas_with_folders_of_their_own_have_one_code_and_both_files_go()
    {
        await using var one = await StartAsync("one", ";Password=of-the-database");
        await using var two = await StartAsync("two", ";Password=of-the-database");
        Assert.Equal(one.Code, two.Code);
        Assert.True(File.Exists(two.File));

        Assert.Null((await ClaimAsync(one, two.Code)).Code);

        while (File.Exists(two.File))
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal("PUBLIC_SIGNUPS_DISABLED", (await ClaimAsync(two, two.Code, "eve@example.com")).Code);
    }

    [Fact]
    public async Task Where_the_database_has_no_password_the_newest_replica_has_the_code_and_the_others_say_so()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");

        Assert.NotEqual(one.Code, two.Code);
        Assert.Contains("that a host over this database printed", (await ClaimAsync(one, one.Code)).Body, StringComparison.Ordinal);
        Assert.Null((await ClaimAsync(one, two.Code)).Code);
    }

    // Attack: the code is read where it may not be.
    [Fact]
    public async Task The_code_is_in_no_log_line_no_answer_and_no_row()
    {
        using var log = new FakeLoggerProvider();
        await using var replica = await StartAsync("one", ";Password=of-the-database", log);
        var wrong = await ClaimAsync(replica, new string('a', 43));
        string[] secrets = [replica.Code];

        Assert.Empty(SecretsTests.Leaks(await SecretsTests.DumpAsync(_database), [.. secrets, Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(replica.Code))]));
        Assert.Null((await ClaimAsync(replica, replica.Code)).Code);

        Assert.Contains(log.Lines, line => line.Contains("INSERT INTO", StringComparison.Ordinal));
        Assert.Empty(SecretsTests.Leaks(log.Lines, secrets));
        Assert.Empty(SecretsTests.Leaks(await SecretsTests.DumpAsync(_database), secrets));
        Assert.Empty(SecretsTests.Leaks([wrong.Body], secrets));
    }

    // Attack: the code is guessed.
    [Fact]
    public async Task Guessing_is_slowed()
    {
        await using var replica = await StartAsync("one");

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("CLAIM_CODE_INVALID", (await ClaimAsync(replica, new string('a', 43))).Code);
        }

        Assert.Equal("SIGN_IN_THROTTLED", (await ClaimAsync(replica, replica.Code)).Code);
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Null((await ClaimAsync(replica, replica.Code)).Code);
    }

    [Fact]
    public async Task A_host_on_loopback_gives_its_first_caller_the_role_as_before()
    {
        await using var replica = await StartAsync("one", settings: []);

        Assert.Empty(replica.Output.ToString());
        Assert.Null((await ClaimAsync(replica, code: null)).Code);
        Assert.False(File.Exists(replica.File));
    }

    [Fact]
    public async Task A_configured_admin_needs_no_code()
    {
        await using var replica = await StartAsync("one", settings: [Proxy, "Bootstrap:AdminEmail=root@example.com", "Bootstrap:AdminPassword=Correct-horse-1"]);

        Assert.Empty(replica.Output.ToString());
        Assert.False(File.Exists(replica.File));
        Assert.Equal("PUBLIC_SIGNUPS_DISABLED", (await ClaimAsync(replica, code: null)).Code);
    }

    // Attack: the other way to be first.
    [Fact]
    public async Task A_stranger_who_comes_first_through_a_provider_needs_the_code_too()
    {
        // Cookies of the client go by the time of the machine.
        _clock = new FakeClock(TimeProvider.System.GetUtcNow());
        await using var provider = await OpenIdProvider.StartAsync();
        await using var replica = await StartAsync("one", settings: [Proxy, .. provider.Settings("acme", [])]);
        provider.Claims = new Dictionary<string, object?> { ["sub"] = "1001", ["email"] = "eve@example.com", ["email_verified"] = true };
        using var stranger = new Visitor(replica.Api);

        Assert.Equal("/token#problem=CLAIM_CODE_REQUIRED", await stranger.GoAsync("/v1/oauth/start?provider=acme"));
        Assert.Equal("/token#problem=CLAIM_CODE_INVALID", await stranger.GoAsync($"/v1/oauth/start?provider=acme&claimCode={new string('a', 43)}"));
        Assert.Empty(await _database.QueryAsync<string>("""select username from houston$default."User" """, Cancelled));

        using var owner = new Visitor(replica.Api);
        Assert.StartsWith("/token#code=", await owner.GoAsync($"/v1/oauth/start?provider=acme&claimCode={replica.Code}"), StringComparison.Ordinal);
        Assert.Equal(["SYSTEM_ADMIN"], await _database.QueryAsync<string>("""select role from houston$default."RoleBinding" """, Cancelled));
        Assert.False(File.Exists(replica.File));
    }

    private const string Proxy = "ForwardedHeaders_Enabled=true";

    private Task<Replica> StartAsync(string name, string password = "", ILoggerProvider? log = null) => StartAsync(name, [Proxy], password, log);

    private async Task<Replica> StartAsync(string name, string[] settings, string password = "", ILoggerProvider? log = null)
    {
        var output = new StringWriter { NewLine = "\n" };
        var file = Path.Combine(_folder.FullName, name);
        var api = await ApiHost.StartAsync(
            _database,
            new HostSetup
            {
                Clock = _clock,
                HasAdmin = false,
                Log = log,
                Configure = services => services.AddSingleton(provider => ActivatorUtilities.CreateInstance<FirstUserClaim>(provider, output)),
                Settings =
                [
                    $"Bootstrap:ClaimCodeFile={file}", $"ConnectionStrings:ControlPlane={_database.ConnectionString}{password}", .. settings,
                ],
            });
        return new Replica(api, output, file);
    }

    private static async Task<GraphQLAnswer> ClaimAsync(Replica replica, string? code, string email = "ada@example.com")
    {
        using var anonymous = replica.Api.Anonymous;
        return await anonymous.SendAsync(
            """
            mutation($email: String!, $code: String) {
              createUser(email: $email, password: "Correct-horse-1", claimCode: $code) { user { username roleBindings { role } } }
            }
            """,
            new { email, code },
            Cancelled);
    }

    private sealed record Replica(ApiHost Api, StringWriter Output, string File) : IAsyncDisposable
    {
        public string Code => Output.ToString().Split(' ') is ["Claim", "code,", "good", "for", "one", "use:", var code, ..] ? code : throw new InvalidOperationException("No code was printed.");

        public ValueTask DisposeAsync() => Api.DisposeAsync();
    }
}
