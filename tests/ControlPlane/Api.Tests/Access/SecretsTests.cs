using System.Text;
using Apc.ControlPlane.Api.Hosting;
using Apc.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Apc.ControlPlane.Api.Tests.Access;

/// <summary>Plants secrets wherever a caller can put one, and looks for them wherever none may come out.</summary>
public sealed class SecretsTests(PostgresDatabase database) : IClassFixture<PostgresDatabase>
{
    private const string AdminPassword = "Canary-Root-1";
    private const string UserPassword = "Canary-User-2";
    private const string WeakPassword = "canary3";
    private const string WrongPassword = "Canary-Wrong-4";
    private const string PasswordTypedAsName = "Canary-Name-5";
    private const string InviteToken = "Canary-Invite-6";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_password_and_no_token_is_found_in_logs_rows_and_errors()
    {
        using var log = new FakeLoggerProvider();
        await using var audit = new AuditOutput();
        await using var host = await ControlPlaneHost.StartAsync(
            [
                "--urls=http://127.0.0.1:0",
                $"--ConnectionStrings:ControlPlane={database.ConnectionString}",
                "--Houston:PublicSignups=true", "--Houston:EmailConfirmation=false",
                "--Houston:SyncDataplaneClusters:Enabled=false",
                "--Bootstrap:AdminEmail=admin@example.com",
                $"--Bootstrap:AdminPassword={AdminPassword}",
                "--Logging:LogLevel:Default=Trace",
                "--Logging:LogLevel:Microsoft=Trace",
                "--Logging:LogLevel:Npgsql=Trace",
            ],
            builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
                audit.AddTo(builder.Services);
            });
        using var anonymous = new GraphQLClient(new Uri(host.Address, "/v1"));

        var errors = new List<GraphQLAnswer>();
        var admin = await TokenAsync(anonymous, "admin@example.com", AdminPassword);
        var user = (await CreateUserAsync(anonymous, UserPassword)).Text("createUser.token.value");
        errors.Add(await CreateUserAsync(anonymous, WeakPassword));
        errors.Add(await CreateUserAsync(anonymous, UserPassword));
        errors.Add(await SignInAsync(anonymous, "admin@example.com", WrongPassword));
        errors.Add(await SignInAsync(anonymous, PasswordTypedAsName, WrongPassword));

        using var asAdmin = anonymous.As(admin);
        var made = await asAdmin.SendAsync(
            """mutation { createSystemServiceAccount(label: "robot", role: SYSTEM_ADMIN) { id apiKey } }""", cancellationToken: Cancellation);
        var key = made.Text("createSystemServiceAccount.apiKey");
        var newKey = (await asAdmin.SendAsync(
            "mutation($id: Uuid!) { rotateServiceAccountKey(serviceAccountUuid: $id) { apiKey } }", new { id = made.Text("createSystemServiceAccount.id") }, Cancellation))
            .Text("rotateServiceAccountKey.apiKey");
        using var asRobot = anonymous.As($"Bearer {key}");
        errors.Add(await asRobot.SendAsync("{ self { permissions user { id } token { value } } }", cancellationToken: Cancellation));
        using var asUser = anonymous.As(user);
        errors.Add(await asUser.SendAsync("""mutation { createSystemRoleBinding(userId: "x", role: SYSTEM_ADMIN) { id } }""", cancellationToken: Cancellation));
        using var forged = anonymous.As(Forged.At(key, 20));
        errors.Add(await forged.SendAsync("{ self { isAdmin } }", cancellationToken: Cancellation));

        string[] secrets =
        [
            AdminPassword, UserPassword, WeakPassword, WrongPassword, PasswordTypedAsName, InviteToken,
            .. new[] { admin, user, key, newKey }.Select(token => token[14..49]),
        ];

        // Looking proves nothing where there is nothing to look at.
        Assert.Contains(audit.Calls, line => line.Contains("\"serviceAccount.create\"", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("INSERT INTO", StringComparison.Ordinal));
        var rows = await DumpAsync(database);
        Assert.Contains(rows, row => row.Contains(key[6..14], StringComparison.Ordinal));

        Assert.Empty(Leaks(log.Lines, secrets));
        Assert.Empty(Leaks(audit.Calls, secrets));
        Assert.Empty(Leaks(rows, [.. secrets, .. secrets.Select(s => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(s)))]));
        Assert.Empty(Leaks(errors.Select(e => e.Body), secrets));
    }

    internal static IEnumerable<string> Leaks(IEnumerable<string> texts, string[] secrets)
        => texts.Where(text => secrets.Any(secret => text.Contains(secret, StringComparison.OrdinalIgnoreCase)));

    private static Task<GraphQLAnswer> CreateUserAsync(GraphQLClient client, string password)
        => client.SendAsync(
            "mutation($password: String!, $inviteToken: String) { createUser(email: \"eve@example.com\", password: $password, inviteToken: $inviteToken) { token { value } } }",
            new { password, inviteToken = InviteToken },
            Cancellation);

    private static Task<GraphQLAnswer> SignInAsync(GraphQLClient client, string identity, string password)
        => client.SendAsync($"mutation {{ createToken(identity: \"{identity}\", password: \"{password}\") {{ token {{ value }} }} }}", cancellationToken: Cancellation);

    private static async Task<string> TokenAsync(GraphQLClient client, string identity, string password)
        => (await SignInAsync(client, identity, password)).Text("createToken.token.value");

    /// <summary>Every row of every table, as text.</summary>
    internal static async Task<List<string>> DumpAsync(PostgresDatabase database)
    {
        var tables = await database.QueryAsync<string>(
            """select format('%I.%I', schemaname, tablename) from pg_tables where schemaname in ('houston$default', 'quartz')""", Cancellation);
        var rows = new List<string>();

        foreach (var table in tables)
        {
            rows.AddRange(await database.QueryAsync<string>($"select t::text from {table} t", Cancellation));
        }

        return rows;
    }
}
